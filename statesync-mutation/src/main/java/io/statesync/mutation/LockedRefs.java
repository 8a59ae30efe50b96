package io.statesync.mutation;

import io.statesync.mutation.store.StrategyType;
import io.statesync.mutation.store.TransactionState;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Which rows are locked against sync, derived from the transactions (MU-L1). The engine keeps an index that equals it. */
public final class LockedRefs {

    private LockedRefs() {}

    /** The rows of ordered transactions that are persisting or await sync. */
    public static Set<Ref> of(Collection<MutationTransaction> transactions) {
        return transactions.stream()
                .filter(LockedRefs::locks)
                .flatMap(transaction -> transaction.mutations().stream())
                .map(PendingMutation::ref)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean locks(MutationTransaction transaction) {
        return transaction.strategy() == StrategyType.ORDERED
                && (transaction.state() == TransactionState.PERSISTING
                        || transaction.state() == TransactionState.PERSISTED_AWAITING_SYNC);
    }
}
