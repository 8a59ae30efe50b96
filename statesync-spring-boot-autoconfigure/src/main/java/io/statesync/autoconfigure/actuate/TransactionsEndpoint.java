package io.statesync.autoconfigure.actuate;

import io.statesync.mutation.MutationTransaction;
import io.statesync.mutation.TransactionHandle;
import io.statesync.mutation.Transactions;
import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.TransactionState;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** The transactions of this application for an operator: what became of them, and what can be done about it. */
@Endpoint(id = "statesynctransactions")
final class TransactionsEndpoint {

    private static final int NEWEST = 100;

    private final Transactions transactions;
    private final boolean values;

    /** @param values whether keys, rows and metadata are shown */
    TransactionsEndpoint(Transactions transactions, boolean values) {
        this.transactions = transactions;
        this.values = values;
    }

    /** Active and former ones: the newest 100, or as many as are asked for. */
    @ReadOperation
    TransactionList list(@Nullable String state, @Nullable String collection, @Nullable Integer limit) {
        if (limit != null && limit < 1) {
            throw ActionRefusedException.because("limit is " + limit + ": write 1 or more");
        }
        Query query = Query.ALL.newest(limit == null ? NEWEST : limit);
        if (state != null) {
            query = query.inState(state(state));
        }
        if (collection != null) {
            query = query.ofCollection(collection);
        }
        try (Stream<MutationTransaction> found = transactions.history(query)) {
            return new TransactionList(
                    found.map(it -> TransactionView.of(it, values)).toList());
        }
    }

    @ReadOperation
    @Nullable
    TransactionView one(@Selector String id) {
        return transactions.find(id).map(it -> TransactionView.of(it, values)).orElse(null);
    }

    /** Sends a failed one again, as a new transaction, or takes an active one back. */
    @WriteOperation
    TransactionView act(@Selector String id, @Nullable String action) {
        if (transactions.find(id).isEmpty()) {
            throw ActionRefusedException.missing("there is no transaction \"" + id + "\" here");
        }
        if ("resubmit".equals(action)) {
            return TransactionView.of(resubmitted(id).snapshot(), values);
        }
        if ("cancel".equals(action)) {
            return TransactionView.of(cancelled(id).snapshot(), values);
        }
        throw ActionRefusedException.because(
                "what is to be done is missing or unknown: write {\"action\":\"resubmit\"} or {\"action\":\"cancel\"}");
    }

    private TransactionHandle resubmitted(String id) {
        try {
            return transactions.resubmit(id);
        } catch (RuntimeException refused) {
            // what the rows say is in the message of some: only its type is shown
            throw ActionRefusedException.because("transaction \"" + id + "\" cannot be sent again: "
                    + (values ? Shown.message(refused) : refused.getClass().getSimpleName()));
        }
    }

    private TransactionHandle cancelled(String id) {
        TransactionHandle handle = transactions
                .handle(id)
                .orElseThrow(() -> ActionRefusedException.because(
                        "transaction \"" + id + "\" has ended: there is nothing to cancel"));
        if (!handle.cancel()) {
            throw ActionRefusedException.because("transaction \"" + id
                    + "\" may be at the backend already: it can be cancelled before its first attempt and between two");
        }
        return handle;
    }

    private static TransactionState state(String word) {
        String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(TransactionState.values())
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ActionRefusedException.because("unknown state \"" + word + "\": write "
                        + String.join(
                                ", ",
                                Arrays.stream(TransactionState.values())
                                        .map(Shown::word)
                                        .toList())));
    }
}
