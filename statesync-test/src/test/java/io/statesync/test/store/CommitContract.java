package io.statesync.test.store;

import static io.statesync.test.Transactions.at;
import static io.statesync.test.Transactions.attempt;
import static io.statesync.test.Transactions.bytes;
import static io.statesync.test.Transactions.id;
import static io.statesync.test.Transactions.inserted;
import static io.statesync.test.Transactions.insertion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.StoreEvent.AttemptStarted;
import io.statesync.mutation.store.StoreEvent.Coalesced;
import io.statesync.mutation.store.StoreEvent.Completed;
import io.statesync.mutation.store.StoreEvent.Created;
import io.statesync.mutation.store.StoredMutation;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionState;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.mutation.store.TransactionStorageException;
import io.statesync.test.RecordingSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Commits that fail: whether they were made or not, everything that is active is written again, or nobody is told so. */
abstract class CommitContract extends DatabaseTestBed {

    @Test
    @DisplayName("MU-D12: a commit that failed before or after it was made is made again, on a fresh connection")
    void aCommitThatFailedIsMadeAgain() throws Exception {
        Faults faults = new Faults(dataSource());
        try (TransactionStorage storage = over(faults.dataSource()).build()) {
            storage.open(new RecordingSink());
            await(storage, storage.append(new Created(inserted(1))));
            int connections = faults.connections.get();

            faults.commitsThatThrowBefore.set(1);
            await(storage, storage.append(new Created(inserted(2))));
            faults.commitsThatThrowAfterwards.set(1);
            await(storage, storage.append(new Created(inserted(3))));
            faults.commitsThatFailAnAssertion.set(2);
            await(storage, storage.append(new Created(inserted(4))));
            faults.commitsThatThrowAfterwards.set(2);
            await(storage, storage.append(new Completed(id(1), true, at(1, 1))));

            assertThat(faults.connections.get()).isGreaterThanOrEqualTo(connections + 4);
            assertThat(storage.health().problem()).isNull();
            await(storage, storage.append(new AttemptStarted(id(2), attempt(2, 1))));
        }
        reopen();
        assertThat(history())
                .extracting(StoredTransaction::state)
                .containsExactly(
                        TransactionState.COMPLETED,
                        TransactionState.PERSISTING,
                        TransactionState.PENDING,
                        TransactionState.PENDING);
    }

    @Test
    @DisplayName("MC-09, MU-D12: what a transaction took in is not lost by a commit that failed, made or not")
    void whatATransactionTookInIsNotLost() throws Exception {
        Faults faults = new Faults(dataSource());
        List<StoredMutation> first = List.of(insertion("todos", "a", bytes("first")));
        List<StoredMutation> second = List.of(insertion("todos", "a", bytes("second")));
        try (TransactionStorage storage = over(faults.dataSource()).build()) {
            storage.open(new RecordingSink());
            await(storage, storage.append(new Created(inserted(1))));
            await(storage, storage.append(new Created(inserted(2))));
            faults.commitsThatThrowBefore.set(1);
            await(storage, storage.append(new Coalesced(id(1), first, at(1, 1))));
            faults.commitsThatThrowAfterwards.set(1);
            await(storage, storage.append(new Coalesced(id(2), second, at(2, 1))));
        }
        reopen();
        assertThat(restored())
                .usingRecursiveComparison()
                .isEqualTo(
                        List.of(inserted(1).with(first, at(1, 1)), inserted(2).with(second, at(2, 1))));
    }

    @Test
    @DisplayName(
            "MU-D2: a database that stays away is reported, nothing is called durable, and all of it is there later")
    void aDatabaseThatStaysAwayIsReported() throws Exception {
        Faults faults = new Faults(dataSource());
        try (TransactionStorage storage =
                over(faults.dataSource()).patience(Duration.ZERO).build()) {
            storage.open(new RecordingSink());
            await(storage, storage.append(new Created(inserted(1))));

            faults.away = true;
            long lost = storage.append(new Created(inserted(2)));
            assertThatThrownBy(() -> await(storage, lost))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(TransactionStorageException.class)
                    .hasMessageContaining(store());
            assertThat(storage.health().durable()).isFalse();
            assertThat(storage.health().problem()).contains("away");
            assertThat(storage.health().lag()).isEqualTo(1);
            storage.append(new Completed(id(1), true, at(1, 1)));
            assertThatThrownBy(() -> storage.prune(Query.ALL)).isInstanceOf(RuntimeException.class);

            faults.away = false;
            Awaitility.await("the store is well again")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> storage.health().durable());
            await(storage, lost);
            await(storage, storage.append(new Created(inserted(3))));
            assertThat(storage.health().lag()).isZero();
        }
        reopen();
        assertThat(history())
                .extracting(StoredTransaction::state)
                .containsExactly(TransactionState.COMPLETED, TransactionState.PENDING, TransactionState.PENDING);
    }

    @Test
    @DisplayName("MU-D1: a row that somebody else has changed or removed is put right")
    void aRowThatSomebodyElseHasChangedIsPutRight() throws Exception {
        reopen();
        append(new Created(inserted(1)));
        append(new Created(inserted(2)));
        execute("UPDATE statesync_transaction SET state = 'FAILED', active = 0 WHERE store = ? AND seq = 1");
        execute("DELETE FROM statesync_transaction WHERE store = ? AND seq = 2");

        append(new AttemptStarted(id(1), attempt(1, 1)));
        append(new AttemptStarted(id(2), attempt(2, 1)));

        reopen();
        assertThat(restored())
                .extracting(StoredTransaction::state)
                .containsExactly(TransactionState.PERSISTING, TransactionState.PERSISTING);
    }

    private static void await(TransactionStorage storage, long position) {
        storage.durable(position)
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
