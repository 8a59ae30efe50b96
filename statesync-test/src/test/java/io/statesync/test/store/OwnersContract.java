package io.statesync.test.store;

import static io.statesync.test.Transactions.attempt;
import static io.statesync.test.Transactions.id;
import static io.statesync.test.Transactions.inserted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.mutation.jdbc.JdbcTransactionStorage;
import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.StorageInUseException;
import io.statesync.mutation.store.StoreEvent.AttemptStarted;
import io.statesync.mutation.store.StoreEvent.Created;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionState;
import io.statesync.mutation.store.TransactionStorageException;
import io.statesync.policy.Scheduler;
import io.statesync.test.ManualScheduler;
import io.statesync.test.RecordingSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two nodes and one store in a shared database: one of them has it, and the one that has lost it changes nothing. */
abstract class OwnersContract extends DatabaseTestBed {

    private static final Duration LEASE = Duration.ofSeconds(15);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-05-01T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler();

    @Test
    @DisplayName("MU-D2: while the owner renews its lease, another node is refused and told who has it")
    void whileTheOwnerRenewsItsLeaseAnotherNodeIsRefused() throws Exception {
        try (JdbcTransactionStorage first = node("node-1", scheduler);
                JdbcTransactionStorage second = node("node-2", new Renewing())) {
            first.open(new RecordingSink());

            assertThatThrownBy(() -> second.open(new RecordingSink()))
                    .isInstanceOf(StorageInUseException.class)
                    .hasMessageContaining(store())
                    .hasMessageContaining("node-1")
                    .hasMessageContaining("a store name of its own");

            assertThat(second.health().durable()).isFalse();
            assertThat(second.health().problem()).contains("node-1");
            long position = second.append(new Created(inserted(9)));
            assertThatThrownBy(
                            () -> second.durable(position).toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(TransactionStorageException.class);
            await(first, first.append(new Created(inserted(1))));
        }
    }

    @Test
    @DisplayName("MU-D4: after a take-over the late write of a node that was paused is refused, and it says so")
    void afterATakeOverTheLateWriteIsRefused() throws Exception {
        try (JdbcTransactionStorage paused = node("node-1", new ManualScheduler());
                JdbcTransactionStorage next = node("node-2", new Passing())) {
            paused.open(new RecordingSink());
            await(paused, paused.append(new Created(inserted(1))));
            RecordingSink sink = new RecordingSink();

            next.open(sink);

            assertThat(sink.ids()).containsExactly(id(1));
            long late = paused.append(new AttemptStarted(id(1), attempt(1, 1)));
            assertThatThrownBy(() -> paused.durable(late).toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(TransactionStorageException.class)
                    .hasMessageContaining("taken over");
            assertThat(paused.health().durable()).isFalse();
            assertThat(paused.health().problem()).contains("taken over");
            long later = paused.append(new Created(inserted(2)));
            assertThatThrownBy(() -> paused.durable(later).toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .hasMessageContaining("taken over");
            await(next, next.append(new AttemptStarted(id(1), attempt(1, 1))));
            try (var all = next.history(Query.ALL)) {
                assertThat(all).extracting(StoredTransaction::state).containsExactly(TransactionState.PERSISTING);
            }
        }
    }

    @Test
    @DisplayName("MU-D2: a node that has nothing to write renews its lease, and learns that the store was taken over")
    void aNodeThatHasNothingToWriteLearnsOfATakeOver() throws Exception {
        try (JdbcTransactionStorage paused = node("node-1", scheduler);
                JdbcTransactionStorage next = node("node-2", new Passing())) {
            paused.open(new RecordingSink());
            next.open(new RecordingSink());
            assertThat(paused.health().problem()).isNull();

            Awaitility.await("the renewal is refused")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        scheduler.advance(LEASE.dividedBy(3));
                        return paused.health().problem() != null;
                    });

            assertThat(paused.health().problem()).contains("taken over");
            assertThat(next.health().problem()).isNull();
        }
    }

    @Test
    @DisplayName("MU-D3: a node that ends gives the store back: the next one need not wait")
    void aNodeThatEndsGivesTheStoreBack() throws Exception {
        try (JdbcTransactionStorage first = node("node-1", new ManualScheduler())) {
            first.open(new RecordingSink());
            first.append(new Created(inserted(1)));
        }
        try (JdbcTransactionStorage second = node("node-2", new ManualScheduler())) {
            RecordingSink sink = new RecordingSink();
            second.open(sink);
            assertThat(sink.ids()).containsExactly(id(1));
        }
    }

    private JdbcTransactionStorage node(String owner, Scheduler time) {
        InstantSource clock = now::get;
        return over(dataSource())
                .owner(owner)
                .lease(LEASE)
                .scheduler(time)
                .clock(clock)
                .build();
    }

    private static void await(JdbcTransactionStorage storage, long position) throws Exception {
        storage.durable(position).toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    /** While somebody waits, time passes and nothing else happens. */
    private class Passing extends Waiting {
        @Override
        public void sleep(Duration time) {
            now.updateAndGet(moment -> moment.plus(time));
        }
    }

    /** While somebody waits, the owner renews its lease. */
    private class Renewing extends Waiting {
        @Override
        public void sleep(Duration time) {
            Instant before = now.getAndUpdate(moment -> moment.plus(time));
            Awaitility.await("the lease is renewed")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        scheduler.advance(LEASE.dividedBy(3));
                        return leaseUntil() > before.plus(LEASE).toEpochMilli();
                    });
        }
    }

    private long leaseUntil() throws Exception {
        try (var connection = dataSource().getConnection();
                var select = connection.prepareStatement(
                        "SELECT lease_until FROM statesync_transaction_store WHERE store = ?")) {
            select.setString(1, store());
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private abstract static class Waiting implements Scheduler {

        private final ManualScheduler timers = new ManualScheduler();

        @Override
        public long now() {
            return timers.now();
        }

        @Override
        public Timer schedule(Runnable task, Duration delay) {
            return timers.schedule(task, delay);
        }
    }
}
