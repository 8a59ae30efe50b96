package io.statesync.sample;

import io.statesync.mutation.MutationTransaction;
import io.statesync.mutation.Transactions;
import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.TransactionState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** What was edited here, and what may still be done about it. */
@Component
@Profile("replica & !shared")
class StockTransactions {

    /** Remembered by the page; the history has all of them. */
    private static final int NEWEST = 200;

    private final Transactions transactions;

    StockTransactions(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Former and active ones, newest first. */
    List<MutationTransaction> newest() {
        Map<String, MutationTransaction> byId = new LinkedHashMap<>();
        try (Stream<MutationTransaction> history =
                transactions.history(Query.ALL.ofCollection(Topics.STOCK).newest(NEWEST))) {
            history.forEach(it -> byId.put(it.id(), it));
        }
        // what was made a moment ago may not be in the storage yet
        transactions.active().forEach(it -> byId.putIfAbsent(it.id(), it));
        List<MutationTransaction> newest = new ArrayList<>(byId.values());
        newest.sort(Comparator.comparingLong(MutationTransaction::sequence).reversed());
        return newest;
    }

    /** Sends a failed one again, as a new one. Returns the id of that. */
    String resubmit(String id) {
        required(id, TransactionState.FAILED);
        try {
            return transactions.resubmit(id).id();
        } catch (IllegalStateException | IllegalArgumentException impossible) {
            throw conflict(String.valueOf(impossible.getMessage()));
        }
    }

    /** Takes one back, and those that wait for it. */
    void cancel(String id) {
        if (!transactions.handle(id).map(it -> it.cancel()).orElse(false)) {
            MutationTransaction late = known(id);
            throw conflict(
                    late.state().active()
                            ? "Transaction " + id + " is at the source: it cannot be taken back."
                            : "Transaction " + id + " is " + late.state() + " already.");
        }
    }

    /** Forgets a failed one, and those of its row that failed before. */
    void dismiss(String id) {
        MutationTransaction failed = required(id, TransactionState.FAILED);
        Query same = Query.ALL
                .inState(TransactionState.FAILED)
                .ofCollection(Topics.STOCK)
                .ofKey((String) failed.mutations().get(0).ref().key())
                .before(failed.updatedAt().plusMillis(1));
        if (transactions.prune(same) == 0) {
            throw conflict("Transaction " + id + " is not in the storage yet. Try again.");
        }
    }

    private MutationTransaction required(String id, TransactionState state) {
        MutationTransaction found = known(id);
        if (found.state() != state) {
            throw conflict("Transaction " + id + " is " + found.state() + ", not " + state + ".");
        }
        return found;
    }

    private MutationTransaction known(String id) {
        return transactions
                .find(id)
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no transaction " + id + "."));
    }

    private static ResponseStatusException conflict(String reason) {
        return new ResponseStatusException(HttpStatus.CONFLICT, reason);
    }
}
