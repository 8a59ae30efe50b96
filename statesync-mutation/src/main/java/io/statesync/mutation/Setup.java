package io.statesync.mutation;

import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a collection come in: the source's setup, once (MU-C2), what it sends meanwhile (MU-C4), and what it sends
 * later. Rows are put into maps without the engine's lock; its other fields are guarded by it, or volatile and written under it.
 */
final class Setup {

    private static final Duration FLOOR_LASTS = Duration.ofSeconds(10);

    private final Engine engine;
    private final Rows rows;

    private volatile CollectionState state = CollectionState.LOADING;
    private volatile CompletableFuture<Void> ready = new CompletableFuture<>();

    /** Which setup is the current one; 0: none began. What comes of an older one is dropped. */
    private int run;

    private @Nullable Batch initial;
    private List<Batch> meanwhile = new ArrayList<>();

    /** The first rows are to be at least this new: it was persisted in a former life (MUTATIONS 6). */
    private @Nullable Revision floor;

    Setup(Engine engine, Rows rows) {
        this.engine = engine;
        this.rows = rows;
    }

    CollectionState state() {
        return state;
    }

    CompletionStage<Void> ready() {
        return ready.minimalCompletionStage();
    }

    // ---- the setup

    /** Under the lock: calls the source, unless that was done. */
    void begin(Turn turn, @Nullable Revision recovered) {
        if (run > 0) {
            return;
        }
        floor = recovered;
        begin(turn);
    }

    private void begin(Turn turn) {
        int its = ++run;
        turn.after(() -> {
            try {
                engine.executor.execute(() -> call(its));
            } catch (RejectedExecutionException refused) {
                failed(its, refused);
            }
        });
    }

    CompletionStage<Void> again() {
        return engine.step(turn -> {
            if (state == CollectionState.ERROR && engine.running()) {
                state = CollectionState.LOADING;
                ready = new CompletableFuture<>();
                meanwhile = new ArrayList<>();
                initial = null;
                begin(turn);
            }
            return ready.minimalCompletionStage();
        });
    }

    private void call(int its) {
        try {
            CompletionStage<SyncedRows<Object>> stage = rows.config.source().setup(new Sink(its));
            if (stage == null) {
                throw new NullPointerException(
                        "the source of collection \"" + rows.id + "\" returned null instead of a stage");
            }
            stage.whenComplete((all, error) -> {
                if (error == null) {
                    loaded(its, all);
                } else {
                    failed(its, Outcomes.unwrap(error));
                }
            });
        } catch (Throwable thrown) {
            failed(its, thrown);
        }
    }

    private void failed(int its, Throwable error) {
        engine.steps(turn -> {
            if (its != run || state != CollectionState.LOADING) {
                return;
            }
            state = CollectionState.ERROR;
            CompletableFuture<Void> waiting = ready;
            turn.report(SyncErrorContext.of(SyncPhase.GET_SNAPSHOT, rows.topic, error));
            turn.after(() -> Engine.run(engine.callbacks, () -> waiting.completeExceptionally(error)));
        });
    }

    private void loaded(int its, @Nullable SyncedRows<Object> all) {
        Batch batch;
        try {
            if (all == null) {
                throw new NullPointerException(
                        "the source of collection \"" + rows.id + "\" returned null instead of rows");
            }
            batch = whole(all);
        } catch (RuntimeException | Error unreadable) {
            failed(its, unreadable);
            return;
        }
        engine.steps(turn -> {
            if (its != run || state != CollectionState.LOADING) {
                return;
            }
            initial = batch;
            if (tooOld(batch) && meanwhile.stream().allMatch(this::tooOld)) {
                awaitFloor(turn, its);
            } else {
                commit(turn);
            }
        });
    }

    private boolean tooOld(Batch batch) {
        Revision wanted = floor;
        return wanted != null && batch.revision != null && wanted.isNewerThan(batch.revision);
    }

    private void awaitFloor(Turn turn, int its) {
        engine.confirmations.refresh(turn, rows, floor);
        turn.after(() -> engine.later(
                new Alarm(),
                FLOOR_LASTS,
                () -> engine.steps(later -> {
                    if (its == run && state == CollectionState.LOADING && initial != null) {
                        commit(later);
                    }
                })));
    }

    /** Under the lock: the initial data, and what came meanwhile, in one publication (MU-C3). */
    private void commit(Turn turn) {
        Batch first = initial;
        if (first != null) {
            rows.replaceAll(turn, first.revision, first.rows, engine.settings.scheduler.now(), false);
        }
        meanwhile.forEach(batch -> batch.applyTo(turn, rows, engine.settings.scheduler.now()));
        meanwhile = List.of();
        initial = null;
        floor = null;
        state = CollectionState.READY;
        CompletableFuture<Void> waiting = ready;
        turn.after(() -> Engine.run(engine.callbacks, () -> waiting.complete(null)));
    }

    // ---- what comes

    private void take(int its, Batch batch) {
        engine.steps(turn -> {
            if (its != run || engine.closed()) {
                return;
            }
            if (state == CollectionState.READY) {
                batch.applyTo(turn, rows, engine.settings.scheduler.now());
            } else if (state == CollectionState.LOADING) {
                meanwhile.add(batch);
                if (initial != null && !tooOld(batch)) {
                    commit(turn);
                }
            }
        });
    }

    private Batch whole(SyncedRows<Object> all) {
        Map<Object, Object> byKey = new HashMap<>(all.rows().size() * 4 / 3 + 1);
        for (Object row : all.rows()) {
            byKey.put(rows.model.key(row), row);
        }
        return new Batch(all.revision(), byKey, true, false);
    }

    private final class Sink implements ResettableSink<Object, Object> {

        private final int its;

        Sink(int its) {
            this.its = its;
        }

        @Override
        public void onUpdate(SyncedRows<Object> all) {
            take(its, whole(all));
        }

        @Override
        public void onReset(SyncedRows<Object> all) {
            Batch batch = whole(all);
            take(its, new Batch(batch.revision, batch.rows, true, true));
        }

        @Override
        public void onDelta(@Nullable Revision revision, RowDelta<Object, Object> delta) {
            Map<Object, @Nullable Object> changed = new HashMap<>();
            delta.deletes().forEach(key -> changed.put(key, null));
            delta.upserts().forEach(row -> changed.put(rows.model.key(row), row));
            take(its, new Batch(revision, changed, false, false));
        }
    }

    /** Rows that came at once. */
    private record Batch(
            @Nullable Revision revision, Map<Object, @Nullable Object> rows, boolean whole, boolean reset) {

        void applyTo(Turn turn, Rows target, long now) {
            if (reset && revision != null) {
                target.restartAt(revision);
            }
            if (whole) {
                target.replaceAll(turn, revision, rows, now, true);
            } else {
                target.change(turn, revision, rows, now);
            }
        }
    }
}
