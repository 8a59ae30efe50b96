package io.statesync.benchmarks;

import bench.spi.Env;
import bench.spi.MutableStore;
import io.statesync.mutation.PersistResult;
import io.statesync.mutation.RowDelta;
import io.statesync.mutation.RowModel;
import io.statesync.mutation.SyncConfig;
import io.statesync.mutation.SyncSink;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.SyncedCollections;
import io.statesync.mutation.SyncedRows;
import io.statesync.mutation.TransactionHandle;
import io.statesync.mutation.store.Query;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * B7: a {@link SyncedCollection} over memory. Its backend has its turn on the caller's thread, when the caller asks for it:
 * until then an attempt waits in its queue, as it does in the queue of a pool. The history of what ended is forgotten now
 * and then, as an application does it: it is kept for ever otherwise.
 */
public final class CollectionStore implements MutableStore {

    private static final int FORGET_AFTER = 1_000;

    private final SyncedCollections collections;
    private final CompletableFuture<SyncedRows<Row>> initial = new CompletableFuture<>();
    private final SyncedCollection<Integer, Row> rows;
    private final Deque<Runnable> backend = new ArrayDeque<>();
    private final List<TransactionHandle> pending = new ArrayList<>();
    private CompletableFuture<PersistResult> answer = new CompletableFuture<>();
    private @Nullable SyncSink<Integer, Row> sink;
    private int ended;

    CollectionStore() {
        collections = SyncedCollections.builder()
                .executor(backend::add)
                .callbackExecutor(Runnable::run)
                .maxConcurrentPersists(Integer.MAX_VALUE)
                .attemptTimeout(Duration.ZERO)
                .build();
        rows = collections.open(SyncConfig.<Integer, Row>of("rows", RowModel.ofRecord(Row.class, Row::id), this::setup)
                .withMutationFn(context -> answer));
    }

    /** For those who look at the caller's part alone. */
    public static CollectionStore create() {
        return new CollectionStore();
    }

    private void runBackend() {
        for (Runnable task = backend.poll(); task != null; task = backend.poll()) {
            task.run();
        }
    }

    private CompletionStage<SyncedRows<Row>> setup(SyncSink<Integer, Row> its) {
        sink = its;
        return initial;
    }

    private SyncSink<Integer, Row> sink() {
        if (sink == null) {
            throw new IllegalStateException("the collection was not set up");
        }
        return sink;
    }

    @Override
    public void start(Env env, int count) {
        collections.start();
        Row[] all = new Row[count];
        Arrays.setAll(all, id -> new Row(id, "row-" + id, id));
        initial.complete(SyncedRows.of(Arrays.asList(all)));
        runBackend();
        rows.ready().toCompletableFuture().join();
    }

    @Override
    public @Nullable Row updateAndRead(int id, long n) {
        runBackend();
        rows.update(id, row -> new Row(row.id(), row.name(), n));
        Row seen = rows.get(id);
        runBackend();
        answerAll();
        if (++ended % FORGET_AFTER == 0) {
            forget();
        }
        return seen;
    }

    /** Those that were handed over; what comes later waits for another answer. */
    private void answerAll() {
        CompletableFuture<PersistResult> now = answer;
        answer = new CompletableFuture<>();
        now.complete(PersistResult.none());
    }

    private void forget() {
        collections.transactions().prune(Query.ALL);
    }

    @Override
    public void pend(int id, long n) {
        rows.update(id, row -> new Row(row.id(), "pending", n));
    }

    /** As {@link #pend}, and can be taken back. */
    public void pendForNow(int id, long n) {
        pending.add(rows.update(id, row -> new Row(row.id(), "pending", n)));
    }

    /** What is pending for now is cancelled; its attempts never begin. */
    public void takeBack() {
        pending.forEach(TransactionHandle::cancel);
        pending.clear();
        backend.clear();
        forget();
    }

    @Override
    public void settle() {
        runBackend();
        answerAll();
        forget();
    }

    @Override
    public void sync(Row[] changed) {
        runBackend();
        sink().onDelta(null, RowDelta.upsert(Arrays.asList(changed)));
    }

    @Override
    public void snapshot(Row[] all) {
        runBackend();
        sink().onUpdate(SyncedRows.of(Arrays.asList(all)));
    }

    @Override
    public @Nullable Row read(int id) {
        return rows.get(id);
    }

    @Override
    public boolean concurrentReaders() {
        return true;
    }

    @Override
    public void close() {
        collections.close();
    }
}
