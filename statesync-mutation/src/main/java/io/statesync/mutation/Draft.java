package io.statesync.mutation;

import io.statesync.mutation.store.StoredMutation;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A transaction while it is made up, on its caller's thread and without the lock. Used by one thread. */
final class Draft {

    private final Engine engine;
    private final Rows home;
    private final Options options;
    private final @Nullable String idempotencyKey;
    private final String fnName;
    private final Folds folds = new Folds();
    private EngineView view;

    Draft(Engine engine, Rows home, Options options, @Nullable String idempotencyKey) {
        this.engine = engine;
        this.home = home;
        this.options = options;
        this.idempotencyKey = idempotencyKey;
        // said before the caller's edit runs
        fnName = options.fnOf(home);
        view = engine.view();
    }

    Engine engine() {
        return engine;
    }

    /** What the engine makes a transaction of; its mutations encoded, where they have a codec. */
    record Made(
            String id,
            @Nullable String idempotencyKey,
            Rows home,
            String fnName,
            MutationStrategy strategy,
            Set<String> lanes,
            List<Change> changes,
            @Nullable List<StoredMutation> encoded,
            @Nullable Coalescing coalescing,
            EngineView view) {}

    @Nullable
    Object get(Rows rows, Object key) {
        Object now = rows.aliases.now(key);
        Fold fold = folds.find(rows, now);
        return fold == null ? view.of(rows).visible(now) : fold.current();
    }

    void insert(Rows rows, Object row) {
        fold(rows, rows.model.key(row)).insert(row);
    }

    void update(Rows rows, Object key, UnaryOperator<Object> edit) {
        fold(rows, key).update(edit);
    }

    void delete(Rows rows, Object key) {
        fold(rows, key).delete();
    }

    private Fold fold(Rows rows, Object asked) {
        Object key = rows.aliases.now(asked);
        Fold fold = folds.find(rows, key);
        if (fold == null) {
            fold = new Fold(rows, key, view.of(rows).visible(key));
            folds.add(fold);
        }
        return fold;
    }

    /** Makes the transaction; again over what is visible then, as long as others change its rows meanwhile. */
    TransactionHandle commit() {
        MutationTimings timings = engine.settings.timings;
        if (timings == null) {
            return made();
        }
        long began = engine.settings.scheduler.now();
        TransactionHandle handle = made();
        timings.mutated(engine.settings.scheduler.now() - began);
        return handle;
    }

    private TransactionHandle made() {
        String id = engine.births.nextId();
        while (true) {
            Made made = made(id);
            if (made.changes().isEmpty()) {
                return new NothingDone(made, engine.now());
            }
            Tx queued = engine.coalescer.take(made);
            Tx tx = queued == null ? engine.births.create(made) : queued;
            if (tx != null) {
                return new Handle(engine, tx);
            }
            view = engine.view();
            for (Fold fold : folds.all()) {
                fold.rekey();
                Object visible = view.of(fold.rows()).visible(fold.key());
                if (!fold.over(visible)) {
                    fold.again(visible);
                }
            }
        }
    }

    private Made made(String id) {
        List<Change> changes = folds.changes(options.metadata());
        MutationStrategy strategy = options.strategyOf(home);
        return new Made(
                id,
                idempotencyKey,
                home,
                fnName,
                strategy,
                lanes(changes),
                changes,
                engine.births.encodeAhead(changes),
                options.coalescing(),
                view);
    }

    private Set<String> lanes(List<Change> changes) {
        Lane lane = options.laneOf(home);
        if (lane == Lane.OBJECT) {
            return Set.of();
        }
        Instant now = engine.now();
        return Set.copyOf(lane.of(new MutationList("", changes, now, now, MutationState.CREATED)));
    }
}
