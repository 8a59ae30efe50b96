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
import io.statesync.mutation.store.Query;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * B7: a {@link SyncedCollection} over memory. What the harness calls an update is a whole transaction here: it is created,
 * handed to the backend, read back, answered, and ended. Everything runs on the caller's thread. The history of what ended is
 * forgotten now and then, as an application does it: it is kept for ever otherwise.
 */
public final class CollectionStore implements MutableStore {

    private static final int FORGET_AFTER = 1_000;

    private final SyncedCollections collections;
    private final CompletableFuture<SyncedRows<Row>> initial = new CompletableFuture<>();
    private final SyncedCollection<Integer, Row> rows;
    private CompletableFuture<PersistResult> answer = new CompletableFuture<>();
    private @Nullable SyncSink<Integer, Row> sink;
    private int ended;

    CollectionStore() {
        this(Runnable::run);
    }

    private CollectionStore(Executor executor) {
        collections = SyncedCollections.builder()
                .executor(executor)
                .callbackExecutor(Runnable::run)
                .maxConcurrentPersists(Integer.MAX_VALUE)
                .attemptTimeout(Duration.ZERO)
                .build();
        rows = collections.open(SyncConfig.<Integer, Row>of("rows", RowModel.ofRecord(Row.class, Row::id), this::setup)
                .withMutationFn(context -> answer));
    }

    /** One whose backend has no thread to run on: what {@link #pend} costs is what the caller of an update waits for. */
    public static MutableStore withoutBackend() {
        boolean[] loaded = {false};
        return new CollectionStore(task -> {
            if (!loaded[0]) {
                loaded[0] = true;
                task.run();
            }
        });
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
        rows.ready().toCompletableFuture().join();
    }

    @Override
    public @Nullable Row updateAndRead(int id, long n) {
        answer = new CompletableFuture<>();
        rows.update(id, row -> new Row(row.id(), row.name(), n));
        Row seen = rows.get(id);
        answer.complete(PersistResult.none());
        if (++ended % FORGET_AFTER == 0) {
            collections.transactions().prune(Query.ALL);
        }
        return seen;
    }

    @Override
    public void pend(int id, long n) {
        answer = new CompletableFuture<>();
        rows.update(id, row -> new Row(row.id(), "pending", n));
    }

    @Override
    public void sync(Row[] changed) {
        sink().onDelta(null, RowDelta.upsert(Arrays.asList(changed)));
    }

    @Override
    public void snapshot(Row[] all) {
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
