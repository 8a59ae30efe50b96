package io.statesync.benchmarks;

import bench.spi.DurableLog;
import bench.spi.Env;
import io.statesync.mutation.jdbc.JdbcTransactionStorage;
import io.statesync.mutation.store.MutationType;
import io.statesync.mutation.store.RecoverySink;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.StoredMutation;
import io.statesync.mutation.store.StoredRow;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.StrategyType;
import io.statesync.mutation.store.TransactionState;
import io.statesync.mutation.store.TransactionStorage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * B7: a transaction of one inserted row is durable when the call returns. The same storage that the engine of mutations
 * uses, with its group commit.
 */
abstract sealed class DurableStore implements DurableLog {

    private final AtomicLong sequence = new AtomicLong();

    private @Nullable TransactionStorage storage;

    abstract TransactionStorage storage(Env env) throws Exception;

    @Override
    public void start(Env env) throws Exception {
        TransactionStorage opened = storage(env);
        storage = opened;
        opened.open(new NothingRecovered());
    }

    @Override
    public void append(byte[] row) {
        TransactionStorage open = Objects.requireNonNull(storage, "not started");
        long position = open.append(new StoreEvent.Created(transaction(sequence.incrementAndGet(), row)));
        open.durable(position).toCompletableFuture().join();
    }

    private static StoredTransaction transaction(long number, byte[] row) {
        String id = "tx-" + number;
        Instant now = Instant.now();
        StoredMutation inserted = new StoredMutation(
                "rows",
                "key-" + number,
                MutationType.INSERT,
                "row-codec",
                1,
                null,
                StoredRow.encoded(row),
                List.of("id", "name", "n"),
                Map.of());
        return new StoredTransaction(
                id,
                number,
                id,
                "rows",
                "default",
                StrategyType.ORDERED,
                Set.of(),
                TransactionState.PENDING,
                now,
                now,
                List.of(inserted),
                List.of(),
                null,
                Map.of(),
                false);
    }

    @Override
    public void close() {
        if (storage != null) {
            storage.close();
        }
    }

    /** The file of the process. */
    static final class Sqlite extends DurableStore {

        @Override
        TransactionStorage storage(Env env) throws Exception {
            return JdbcTransactionStorage.embedded(env.tmp().resolve("transactions.db"));
        }
    }

    /** A server of the harness's own on this machine, with its defaults. */
    static final class Postgres extends DurableStore {

        @Override
        TransactionStorage storage(Env env) throws Exception {
            PGSimpleDataSource server = new PGSimpleDataSource();
            server.setUrl(env.postgres());
            return JdbcTransactionStorage.on(server);
        }
    }

    private static final class NothingRecovered implements RecoverySink {

        @Override
        public void restored(StoredTransaction transaction) {
            throw new IllegalStateException("a fresh store has " + transaction.id());
        }

        @Override
        public void damaged(@Nullable String transactionId, Throwable error) {
            throw new IllegalStateException("a fresh store is damaged at " + transactionId, error);
        }
    }
}
