package io.statesync.test;

import static io.statesync.test.Transactions.at;
import static io.statesync.test.Transactions.bytes;
import static io.statesync.test.Transactions.id;
import static io.statesync.test.Transactions.inserted;
import static io.statesync.test.Transactions.insertion;
import static io.statesync.test.Transactions.pending;
import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.StoreEvent.Completed;
import io.statesync.mutation.store.StoreEvent.Created;
import io.statesync.mutation.store.StoreEvent.Failed;
import io.statesync.mutation.store.StoreEvent.Failure;
import io.statesync.mutation.store.StoredError;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionState;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every transaction storage remembers, and forgets only when told (MUTATIONS 1.10). */
@Timeout(120)
public abstract class TransactionHistoryContract extends TransactionStorageTestBed {

    @Test
    @DisplayName("MU-H2: history is found by state, collection, key, time and number, oldest first")
    void historyIsFoundByEachOfItsParts() throws Exception {
        tenOfThem();

        assertThat(ids(Query.ALL)).isEqualTo(sequences(1, 10));
        assertThat(ids(Query.ALL.inState(TransactionState.COMPLETED))).isEqualTo(sequences(1, 4));
        assertThat(ids(Query.ALL.inState(TransactionState.FAILED, TransactionState.PENDING)))
                .isEqualTo(sequences(5, 10));
        assertThat(ids(Query.ALL.ofCollection("lists"))).containsExactly(id(9), id(10));
        assertThat(ids(Query.ALL.ofCollection("lists").ofKey("x"))).containsExactly(id(10));
        assertThat(ids(Query.ALL.ofKey("key-3"))).containsExactly(id(3));
        assertThat(ids(Query.ALL.before(at(3, 1)))).isEqualTo(sequences(1, 2));
        assertThat(ids(Query.ALL.newest(3))).isEqualTo(sequences(8, 10));
        assertThat(ids(Query.ALL.inState(TransactionState.COMPLETED).newest(2))).isEqualTo(sequences(3, 4));
        assertThat(ids(Query.ALL.ofCollection("nowhere"))).isEmpty();
    }

    @Test
    @DisplayName("MU-H1: prune forgets terminal transactions that are meant, and never an active one")
    void pruneForgetsTerminalTransactionsOnly() throws Exception {
        tenOfThem();

        assertThat(storage().prune(Query.ALL.ofCollection("nowhere"))).isZero();
        assertThat(storage().prune(Query.ALL.inState(TransactionState.PENDING))).isZero();
        assertThat(storage().prune(Query.ALL.before(at(3, 1)))).isEqualTo(2);
        assertThat(ids(Query.ALL)).isEqualTo(sequences(3, 10));

        assertThat(storage().prune(Query.ALL)).isEqualTo(4);
        assertThat(storage().prune(Query.ALL)).isZero();
        assertThat(ids(Query.ALL)).isEqualTo(sequences(7, 10));
        reopen();
        assertThat(ids()).isEqualTo(sequences(7, 10));
    }

    @Test
    @DisplayName("MU-M10: the largest sequence is remembered, also when its transaction was pruned")
    void theLargestSequenceIsRememberedWhenItWasPruned() throws Exception {
        reopen();
        storage().append(new Created(inserted(41)));
        append(new Completed(id(41), true, at(41, 1)));
        assertThat(storage().prune(Query.ALL)).isEqualTo(1);

        assertThat(reopen().lastSequence()).isEqualTo(41);
        assertThat(reopen().lastSequence()).isEqualTo(41);
    }

    @Test
    @DisplayName("MU-H1: a thousand at once are pruned, and nothing is pruned by itself")
    void aThousandAtOnceArePruned() throws Exception {
        reopen();
        LongStream.rangeClosed(1, 1_200).forEach(sequence -> {
            storage().append(new Created(inserted(sequence)));
            storage().append(new Completed(id(sequence), false, at(sequence, 1)));
        });
        append(new Created(inserted(1_201)));
        reopen();
        assertThat(history()).hasSize(1_201);

        assertThat(storage().prune(Query.ALL)).isEqualTo(1_200);
        assertThat(ids(Query.ALL)).containsExactly(id(1_201));
    }

    /** 1 to 4 completed, 5 and 6 failed, 7 to 10 pending, the last two of another collection. */
    private void tenOfThem() throws Exception {
        reopen();
        LongStream.rangeClosed(1, 8).forEach(sequence -> storage().append(new Created(inserted(sequence))));
        storage().append(new Created(pending(9, List.of(insertion("lists", "y", bytes("9"))))));
        storage()
                .append(new Created(pending(
                        10, List.of(insertion("todos", "x-too", bytes("10")), insertion("lists", "x", bytes("10"))))));
        LongStream.rangeClosed(1, 4)
                .forEach(sequence -> storage().append(new Completed(id(sequence), true, at(sequence, 1))));
        StoredError error = new StoredError(null, "X", "x");
        append(new Failed(new Failure(id(5), error), List.of(new Failure(id(6), error)), at(6, 1)));
    }

    private List<String> ids(Query query) {
        return history(query).stream().map(StoredTransaction::id).toList();
    }

    private static List<String> sequences(long first, long last) {
        return LongStream.rangeClosed(first, last).mapToObj(Transactions::id).toList();
    }
}
