package io.statesync.test.mutation;

import io.statesync.Revision;
import io.statesync.mutation.MutationFn;
import io.statesync.mutation.PendingMutation;
import io.statesync.mutation.PersistContext;
import io.statesync.mutation.RowDelta;
import io.statesync.mutation.RowModel;
import io.statesync.mutation.SyncConfig;
import io.statesync.mutation.SyncSource;
import io.statesync.mutation.SyncedRows;
import io.statesync.mutation.store.MutationType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The backend of a collection under test, and the sync from it. The backend has rows and a revision, which rises with each
 * write and each update. Used by one thread.
 */
public final class SyncControl<K, T> {

    private final Bench bench;
    private final SyncConfig<K, T> sync;
    private final RowModel<K, T> model;
    private final Map<K, T> rows = new LinkedHashMap<>();
    private final TestSource<K, T> source;
    final TestBackend backend;
    private long revision = 1;
    private boolean dropping;
    private boolean echoing = true;
    Duration delay = Duration.ZERO;

    SyncControl(Bench bench, SyncConfig<K, T> sync, Collection<T> initialData) {
        this.bench = bench;
        this.sync = sync;
        model = sync.rows();
        source = new TestSource<>(this);
        backend = new TestBackend(bench, this);
        initialData.forEach(row -> rows.put(model.key(row), row));
    }

    /** A source that stands where the kit puts its own. */
    static <K, T> SyncSource<K, T> nowhere() {
        return sink -> new CompletableFuture<>();
    }

    /** The configuration with what is the kit's in its place. */
    SyncConfig<K, T> config() {
        Map<String, MutationFn> fns = new LinkedHashMap<>();
        sync.mutationFns().forEach((name, fn) -> fns.put(name, backend.around(fn)));
        if (fns.isEmpty()) {
            fns.put(SyncConfig.DEFAULT_FN, backend.around(backend::takesEverything));
        }
        return new SyncConfig<>(
                sync.id(),
                model,
                sync.codec(),
                source,
                source,
                sync.topic(),
                fns,
                sync.strategy(),
                sync.lane(),
                sync.retry());
    }

    // ---- sync

    /** The backend has these rows and no others, and says so (MU-K2): the same way as in production. */
    public void emitUpdate(Collection<T> all) {
        emitUpdate(new SyncedRows<>(new Revision(revision + 1), all));
    }

    /** The same at this revision; null: without one. */
    public void emitUpdate(SyncedRows<T> all) {
        rows.clear();
        all.rows().forEach(row -> rows.put(model.key(row), row));
        at(all.revision());
        deliver(() -> source.sink().onUpdate(all));
    }

    /** The backend has these rows changed, or more, and says so. */
    @SafeVarargs
    public final void emitChange(T... upserts) {
        emitChange(new Revision(revision + 1), RowDelta.upsert(Arrays.asList(upserts)));
    }

    /** The backend has these changes, at this revision, and says so; null: without one. */
    public void emitChange(@Nullable Revision at, RowDelta<K, T> change) {
        change.deletes().forEach(rows::remove);
        change.upserts().forEach(row -> rows.put(model.key(row), row));
        at(at);
        deliver(() -> source.sink().onDelta(at, change));
    }

    /** Says what the backend has, once more. */
    void emitAgain() {
        SyncedRows<T> all = snapshot();
        deliver(() -> source.sink().onUpdate(all));
    }

    private void at(@Nullable Revision now) {
        if (now != null) {
            revision = now.bits();
        }
    }

    private void deliver(Runnable delivery) {
        if (dropping || !bench.alive()) {
            return;
        }
        if (delay.isZero()) {
            delivery.run();
        } else {
            bench.life().later(delay, delivery);
        }
    }

    /** Whether what the backend says gets lost. What was lost does not come later by itself. */
    public void dropEvents(boolean drop) {
        dropping = drop;
    }

    /** Whether the backend says by itself what was written, and answers whoever asks for newer rows; true at the beginning. */
    public void setAutoEcho(boolean echo) {
        echoing = echo;
    }

    boolean echoing() {
        return echoing;
    }

    /** The backend's revision. */
    public Revision revision() {
        return new Revision(revision);
    }

    SyncedRows<T> snapshot() {
        return new SyncedRows<>(revision(), List.copyOf(rows.values()));
    }

    // ---- the backend

    /** How long an answer takes, and an update, on the test's clock (MU-K3). */
    public void setNetworkDelay(Duration newDelay) {
        delay = newDelay;
    }

    /** The same in milliseconds. */
    public void setNetworkDelay(long millis) {
        setNetworkDelay(Duration.ofMillis(millis));
    }

    /** The next attempt fails in a way that is worth another one (MU-K4). */
    public void failNextPersist() {
        failNextPersist(1);
    }

    /** So many attempts fail in a way that is worth another one. */
    public void failNextPersist(int attempts) {
        for (int i = 0; i < attempts; i++) {
            failNextPersist(new IllegalStateException("the backend was told to fail"));
        }
    }

    /** The next attempt fails with this. */
    public void failNextPersist(Throwable error) {
        backend.failures.add(error);
    }

    /** From now on attempts get no answer, and the backend does not get them, before {@link #release}. */
    public void holdPersists() {
        backend.holding = true;
    }

    /** Attempts that are held get to the backend, and those to come do at once. */
    public void release() {
        backend.release();
    }

    /** All attempts that were made through this collection, over all lives of the process. */
    public List<PersistContext> persists() {
        return List.copyOf(backend.persists);
    }

    /** The process is dead: nobody waits for an answer any more. */
    void forget() {
        backend.forget();
    }

    /** The backend takes the mutations of this collection. */
    @SuppressWarnings("unchecked")
    void take(List<PendingMutation> mutations) {
        List<PendingMutation> own = new ArrayList<>(mutations);
        own.removeIf(mutation -> !mutation.ref().collection().equals(sync.id()));
        for (PendingMutation mutation : own) {
            K key = (K) mutation.ref().key();
            T before = rows.get(key);
            if (mutation.type() == MutationType.DELETE) {
                rows.remove(key);
            } else if (mutation.type() == MutationType.INSERT) {
                rows.put(key, (T) mutation.modified());
            } else if (before != null) {
                rows.put(key, model.patch(before, mutation.changes()));
            }
        }
        revision += own.isEmpty() ? 0 : 1;
    }

    String topic() {
        return sync.topic();
    }
}
