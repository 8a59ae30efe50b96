package io.statesync.mutation.jdbc;

import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.Recovery;
import io.statesync.mutation.store.RecoverySink;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.StoreEvent.Coalesced;
import io.statesync.mutation.store.StoreEvent.Created;
import io.statesync.mutation.store.StoreEvent.Persisted;
import io.statesync.mutation.store.StoreHealth;
import io.statesync.mutation.store.StoredMutation;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.mutation.store.TransactionStorageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps transactions in a database, one row for each, in the tables of {@code schema-*.sql} beside this class. One private
 * thread writes: what is appended while it commits goes into the next commit, so that any number of callers share a force
 * of the disk.
 *
 * <p>{@link #durable} stages are completed on that thread, between two commits: what depends on them must be short and
 * must not block. {@link #history} shows what is durable.
 */
public final class JdbcTransactionStorage implements TransactionStorage {

    private static final int DELETED_AT_ONCE = 500;

    private final Database database;
    private final StoreSettings settings;
    private final StoreCondition condition;
    private final Intake intake = new Intake();
    private final History history;

    private final ReentrantLock lifecycle = new ReentrantLock();

    /* guarded by lifecycle */
    private @Nullable Thread thread;
    private boolean used;

    private volatile @Nullable Writer writer;

    JdbcTransactionStorage(Database database, StoreSettings settings) {
        this.database = database;
        this.settings = settings;
        this.condition = new StoreCondition(settings.name());
        this.history = new History(database, settings.name());
    }

    /**
     * A SQLite file of this process; needs {@code org.xerial:sqlite-jdbc}. A second process is refused when it opens.
     */
    public static JdbcTransactionStorage embedded(Path file) {
        return builder(file).build();
    }

    /** The store named {@code default} in a database that others use too. */
    public static JdbcTransactionStorage on(DataSource dataSource) {
        return builder(dataSource).build();
    }

    /** Like {@link #embedded}, with settings. */
    public static JdbcTransactionStorageBuilder builder(Path file) {
        return JdbcTransactionStorageBuilder.of(file);
    }

    /** Like {@link #on}, with settings. */
    public static JdbcTransactionStorageBuilder builder(DataSource dataSource) {
        return JdbcTransactionStorageBuilder.of(dataSource);
    }

    @Override
    public boolean keepsBytes() {
        return true;
    }

    /**
     * Creates the tables unless told otherwise, makes the store this node's, streams. Where another node has had the store
     * and is not heard of, waits for the end of its lease.
     */
    @Override
    public Recovery open(RecoverySink sink) throws TransactionStorageException {
        lifecycle.lock();
        try {
            if (used) {
                throw new IllegalStateException("the transaction store '" + settings.name() + "' was opened before");
            }
            used = true;
            StoreOpening opening = new StoreOpening(database, settings, sink);
            opening.open();
            condition.opened(opening.doubt());
            Writer started = opening.writer(intake, condition);
            writer = started;
            intake.open();
            thread = new Thread(started, "statesync-transactions-" + settings.name());
            thread.setDaemon(true);
            thread.start();
            return opening.recovery();
        } catch (TransactionStorageException e) {
            condition.cannotOpen(e);
            throw e;
        } finally {
            lifecycle.unlock();
        }
    }

    /** @throws IllegalArgumentException if a row is not encoded */
    @Override
    public long append(StoreEvent event) {
        if (event instanceof Created created) {
            created.transaction().mutations().forEach(JdbcTransactionStorage::checkEncoded);
        } else if (event instanceof Coalesced joined) {
            joined.mutations().forEach(JdbcTransactionStorage::checkEncoded);
        } else if (event instanceof Persisted persisted) {
            persisted.rewritten().forEach(it -> it.mutations().forEach(JdbcTransactionStorage::checkEncoded));
        }
        return intake.append(event);
    }

    private static void checkEncoded(StoredMutation mutation) {
        if (mutation.modified().bytes() == null
                || (mutation.original() != null && mutation.original().bytes() == null)) {
            throw new IllegalArgumentException("a row of the collection '" + mutation.collection()
                    + "' is not encoded: a storage that keeps bytes needs a codec for it");
        }
    }

    @Override
    public CompletionStage<Void> durable(long position) {
        return intake.durable(position, condition::failure);
    }

    @Override
    public Stream<StoredTransaction> history(Query query) {
        return history.read(query);
    }

    /** Goes through the writer: a node that has lost the store deletes nothing. */
    @Override
    public long prune(Query query) {
        List<Long> sequences;
        try (Stream<StoredTransaction> meant = history(query)) {
            sequences = meant.filter(transaction -> !transaction.state().active())
                    .map(StoredTransaction::sequence)
                    .toList();
        }
        long pruned = 0;
        for (int from = 0; from < sequences.size(); from += DELETED_AT_ONCE) {
            int to = Math.min(sequences.size(), from + DELETED_AT_ONCE);
            pruned += delete(new ArrayList<>(sequences.subList(from, to)));
        }
        return pruned;
    }

    private int delete(List<Long> sequences) {
        Writer running = writer;
        CompletableFuture<Integer> deleted = new CompletableFuture<>();
        if (running == null || !intake.run(() -> running.delete(sequences, deleted))) {
            throw new IllegalStateException(
                    "the transaction store '" + settings.name() + "' is not open, nothing is pruned");
        }
        return deleted.join();
    }

    @Override
    public StoreHealth health() {
        return new StoreHealth(condition.durable(), condition.problem(), intake.lag());
    }

    @Override
    public void close() {
        lifecycle.lock();
        try {
            used = true;
            intake.close();
            Thread running = thread;
            thread = null;
            if (running == null) {
                condition.close();
            } else if (running != Thread.currentThread()) {
                awaitEnd(running);
            }
            database.release();
        } finally {
            lifecycle.unlock();
        }
    }

    private static void awaitEnd(Thread running) {
        boolean interrupted = false;
        while (running.isAlive()) {
            try {
                running.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
