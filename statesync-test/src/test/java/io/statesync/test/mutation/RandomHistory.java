package io.statesync.test.mutation;

import io.statesync.Revision;
import io.statesync.mutation.Coalescing;
import io.statesync.mutation.MutationOption;
import io.statesync.mutation.MutationRetry;
import io.statesync.mutation.MutationStrategy;
import io.statesync.mutation.PendingMutation;
import io.statesync.mutation.RowDelta;
import io.statesync.mutation.SyncConfig;
import io.statesync.mutation.SyncedRows;
import io.statesync.mutation.TransactionHandle;
import io.statesync.mutation.store.MutationType;
import io.statesync.mutation.store.TransactionState;
import io.statesync.test.mutation.Item.Edit;
import io.statesync.test.mutation.ModelRows.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One random history: the same steps on the engine and on the model, which are compared after each. */
final class RandomHistory {

    static final List<String> KEYS = List.of("x", "y", "z");
    static final int LENGTH = Integer.getInteger("statesync.mutation.steps", 24);

    private final ModelRules rules = new ModelRules();
    private final Model model = rules.model;
    private final OpenCalls calls = new OpenCalls();
    private final Map<String, Long> newest = new HashMap<>(Map.of("a", 1L, "b", 1L));
    private final TestCollection<String, Item> a;
    private final TestCollection<String, Item> b;
    private final Comparison comparison;
    private SplittableRandom random = new SplittableRandom(0);
    private int counter;

    private RandomHistory() {
        SyncConfig<String, Item> plain = SyncConfig.<String, Item>of("a", Item.ROWS, SyncControl.nowhere())
                .withMutationFn(calls.backend("a"));
        SyncConfig<String, Item> merging = SyncConfig.<String, Item>of("b", Item.ROWS, SyncControl.nowhere())
                .withMutationFn(calls.backend("b"))
                .withStrategy(MutationStrategy.parallel(RandomHistory::merge));
        a = MutationTestKit.createTestCollection(
                List.of(),
                plain,
                settings -> settings.maxConcurrentPersists(ModelRules.PLACES)
                        .maxInterruptions(ModelRules.INTERRUPTIONS)
                        .retry(MutationRetry.DEFAULT
                                .withMaxAttempts(ModelRules.ATTEMPTS)
                                .withJitter(0, () -> 0)));
        b = a.beside(List.of(), merging);
        a.syncControl().setAutoEcho(false);
        b.syncControl().setAutoEcho(false);
        Batch nothing = new Batch(1L, Map.of());
        rules.restart(0, Map.of("a", nothing, "b", nothing));
        comparison = new Comparison(model, a, b);
    }

    /** Plays these steps; fails where engine and model differ. */
    static void play(List<Step> steps) {
        RandomHistory history = new RandomHistory();
        for (Step step : steps) {
            history.play(step);
            history.comparison.check();
        }
        history.run();
        history.comparison.check();
        history.comparison.endings();
    }

    private void play(Step step) {
        random = new SplittableRandom(step.seed());
        switch (step.kind()) {
            case MUTATE -> mutate();
            case RUN -> run();
            case SNAPSHOT, DELTA -> sync(random.nextBoolean() ? a : b, step.kind() == Step.Kind.SNAPSHOT);
            case ANSWER -> answer();
            case ADVANCE -> advance();
            case CANCEL -> cancel();
            case CRASH -> crash();
            case END -> end();
        }
    }

    // ---- mutations

    private void mutate() {
        boolean home = random.nextInt(3) > 0;
        boolean ordered = random.nextInt(4) > 0 == home;
        boolean laned = ordered && random.nextInt(6) == 0;
        List<MutationOption> options = new ArrayList<>();
        if (ordered != home) {
            options.add(MutationOption.strategy(ordered ? MutationStrategy.ORDERED : MutationStrategy.PARALLEL));
        }
        if (laned) {
            options.add(MutationOption.lane(mutations -> Set.of("wide")));
        }
        Coalescing coalescing =
                random.nextInt(3) == 0 ? null : random.nextBoolean() ? Coalescing.SAME_ROWS : Coalescing.MORE_ROWS;
        if (coalescing != null) {
            options.add(MutationOption.coalesceQueued(coalescing));
        }
        Draft draft = new Draft(model, this::text);
        TestCollection<String, Item> first = home ? a : b;
        TestCollection<String, Item> other = home ? b : a;
        boolean both = random.nextInt(5) == 0;
        TransactionHandle handle = first.collection()
                .mutate(
                        scope -> {
                            for (int i = random.nextInt(3); i >= 0; i--) {
                                draft.edit(home ? "a" : "b", key(), scope, random);
                            }
                            if (both) {
                                draft.edit(home ? "b" : "a", key(), scope.on(other.collection()), random);
                            }
                        },
                        options.toArray(MutationOption[]::new));
        List<Edit> edits = draft.edits();
        if (edits.isEmpty()) {
            Comparison.same(
                    "a transaction of nothing",
                    TransactionState.COMPLETED,
                    handle.snapshot().state());
        } else {
            rules.create(new ModelTransaction(handle.id(), ordered, !ordered && !home, laned ? "wide" : null, edits)
                    .coalescing(home ? "a" : "b", coalescing));
        }
    }

    private String key() {
        return KEYS.get(random.nextInt(KEYS.size()));
    }

    private Item text(String key) {
        return new Item(key, "t" + ++counter, counter);
    }

    private static @Nullable Item merge(@Nullable Item synced, List<PendingMutation> pending) {
        List<Edit> edits = new ArrayList<>();
        for (PendingMutation one : pending) {
            boolean deletes = one.type() == MutationType.DELETE;
            edits.add(new Edit(
                    one.ref().collection(),
                    (String) one.ref().key(),
                    one.type() == MutationType.INSERT,
                    deletes ? null : (Item) one.modified(),
                    (String) one.changes().get("text"),
                    (Integer) one.changes().get("count")));
        }
        return Item.merge(synced, edits);
    }

    private void answer() {
        calls.answer(random, this::revision, rules);
    }

    private long revision(String collection) {
        return Math.max(1, newest.getOrDefault(collection, 1L) + random.nextInt(4) - 1);
    }

    // ---- sync

    private void sync(TestCollection<String, Item> target, boolean whole) {
        String id = target == a ? "a" : "b";
        Long revision = random.nextInt(8) == 0 ? null : Long.valueOf(revision(id));
        Map<String, @Nullable Item> rows = new LinkedHashMap<>();
        for (String key : KEYS) {
            if (whole || random.nextBoolean()) {
                rows.put(key, random.nextInt(4) == 0 ? null : text(key));
            }
        }
        List<Item> upserts = new ArrayList<>();
        List<String> deletes = new ArrayList<>();
        rows.forEach((key, row) -> {
            if (row == null) {
                deletes.add(key);
            } else {
                upserts.add(row);
            }
        });
        Revision its = revision == null ? null : new Revision(revision);
        newest.merge(id, revision == null ? 1 : revision, Math::max);
        if (whole) {
            target.syncControl().emitUpdate(new SyncedRows<>(its, upserts));
        } else {
            target.syncControl().emitChange(its, new RowDelta<>(upserts, deletes));
        }
        rules.sync(id, new Batch(revision, rows));
    }

    // ---- time

    private void run() {
        a.runUntilIdle();
        rules.run();
    }

    private void advance() {
        long[] most = {500, 1_500, 1_500, 4_000, 11_000, 31_000, 61_000};
        long nanos = random.nextLong(most[random.nextInt(most.length)] * 1_000_000);
        a.clock().advance(Duration.ofNanos(nanos));
        rules.advance(nanos);
    }

    private void cancel() {
        List<ModelTransaction> active = model.active();
        if (!active.isEmpty()) {
            ModelTransaction one = active.get(random.nextInt(active.size()));
            boolean cancelled = a.transactions().handle(one.id).orElseThrow().cancel();
            Comparison.same("cancelled " + one.id, rules.cancel(one), cancelled);
        }
    }

    private void crash() {
        int all = model.log.size();
        begin(random.nextBoolean() ? all : random.nextInt(all + 1));
    }

    private void end() {
        a.close();
        rules.end();
        begin(model.log.size());
    }

    private void begin(int records) {
        a.crashAfter(records);
        calls.forget();
        Map<String, Batch> initial = new LinkedHashMap<>();
        initial.put("a", initial(a, "a"));
        initial.put("b", initial(b, "b"));
        a.restart();
        rules.restart(records, initial);
    }

    /** What the backend has when the process begins anew. */
    private Batch initial(TestCollection<String, Item> target, String id) {
        long revision = revision(id);
        newest.merge(id, revision, Math::max);
        List<Item> rows = new ArrayList<>();
        Map<String, @Nullable Item> byKey = new LinkedHashMap<>();
        for (String key : KEYS) {
            Item row = random.nextInt(3) == 0 ? null : text(key);
            byKey.put(key, row);
            if (row != null) {
                rows.add(row);
            }
        }
        target.syncControl().emitUpdate(new SyncedRows<>(new Revision(revision), rows));
        return new Batch(revision, byKey);
    }
}
