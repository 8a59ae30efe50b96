package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.mutation.store.MutationType;
import io.statesync.mutation.store.StrategyType;
import io.statesync.policy.NonRetriableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random histories on one thread; after each step what is visible is recomputed from scratch, and so are locks and queues.
 * The long form, with crashes and a reference of its own, is in the test kit.
 */
class OracleTest {

    private static final List<String> KEYS = List.of("a", "b", "c");
    private static final int HISTORIES = Integer.getInteger("statesync.mutation.histories", 300);

    @Test
    @DisplayName(
            "MU-C6, MU-L1, MU-O2: in random histories view, locks and queues are what a recomputation from scratch says")
    void recomputed() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            new History(seed).play(60);
        }
    }

    private static final class History {

        private final int seed;
        private final Random random;
        private final World world;
        private final SyncedCollection<String, Todo> parallel;
        private int counter;
        private long revision = 1;

        History(int seed) {
            this.seed = seed;
            random = new Random(seed);
            world = World.with(settings -> settings.maxConcurrentPersists(3), config -> config);
            world.source.all(1, Todo.of("a", "A"), Todo.of("b", "B"));
            parallel = world.todos.withMutation(MutationOption.strategy(MutationStrategy.PARALLEL));
        }

        void play(int steps) {
            for (int step = 0; step < steps; step++) {
                act();
                if (random.nextInt(3) > 0) {
                    world.run();
                }
                check("seed " + seed + ", step " + step);
            }
        }

        private void act() {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> mutate(random.nextInt(4) == 0 ? parallel : world.todos);
                case 3 -> world.source.all(++revision, rows());
                case 4 -> world.source.upsert(++revision, Todo.of(key(), "sync" + ++counter));
                case 5 -> world.source.delete(key());
                case 6 -> answer(sent -> sent.ok(revision + random.nextInt(2)));
                case 7 -> answer(Backend.Sent::ok);
                case 8 ->
                    answer(sent -> sent.fail(
                            random.nextBoolean()
                                    ? new NonRetriableException("no")
                                    : new IllegalStateException("again")));
                default -> world.advance(Duration.ofMillis(random.nextInt(4000)));
            }
        }

        private void mutate(SyncedCollection<String, Todo> collection) {
            collection.mutate(scope -> {
                for (int i = random.nextInt(2); i >= 0; i--) {
                    String key = key();
                    if (scope.get(key) == null) {
                        scope.insert(Todo.of(key, "new" + ++counter));
                    } else if (random.nextInt(4) == 0) {
                        scope.delete(key);
                    } else if (random.nextBoolean()) {
                        scope.update(key, row -> row.withText("edit" + ++counter));
                    } else {
                        scope.update(key, row -> row.withCount(++counter));
                    }
                }
            });
        }

        private String key() {
            return KEYS.get(random.nextInt(KEYS.size()));
        }

        private Todo[] rows() {
            return KEYS.stream()
                    .filter(key -> random.nextInt(3) > 0)
                    .map(key -> Todo.of(key, "all" + ++counter))
                    .toArray(Todo[]::new);
        }

        private void answer(java.util.function.Consumer<Backend.Sent> answer) {
            List<Backend.Sent> open = world.backend.calls.stream()
                    .filter(sent -> !sent.answer().isDone())
                    .toList();
            if (!open.isEmpty()) {
                answer.accept(open.get(random.nextInt(open.size())));
            }
        }

        private void check(String where) {
            List<MutationTransaction> active = world.collections.transactions().active();
            View view = ((Collected<String, Todo>) world.todos).view();
            Map<String, Todo> expected = new HashMap<>();
            for (String key : KEYS) {
                Object row = visible(view.syncedRow(key), key, active);
                if (row != null) {
                    expected.put(key, (Todo) row);
                }
            }
            assertThat(world.todos.data()).as(where).isEqualTo(expected);
            assertThat(world.todos.size()).as(where).isEqualTo(expected.size());
            Set<Ref> locked = new HashSet<>();
            KEYS.stream()
                    .filter(key -> world.todos.rowStatus(key).locked())
                    .forEach(key -> locked.add(new Ref("todos", key)));
            assertThat(locked).as(where).isEqualTo(LockedRefs.of(active));
            assertThat(view.held().keySet()).as(where).allMatch(key -> locked.contains(new Ref("todos", key)));
            checkQueues(where, active);
        }

        private static Object visible(Object synced, String key, List<MutationTransaction> active) {
            Object row = synced;
            for (MutationTransaction transaction : active) {
                for (PendingMutation mutation : transaction.mutations()) {
                    if (!mutation.ref().key().equals(key)) {
                        continue;
                    }
                    if (mutation.type() == MutationType.DELETE) {
                        row = null;
                    } else if (row != null) {
                        row = Todo.ROWS.patch((Todo) row, mutation.changes());
                    } else if (mutation.type() == MutationType.INSERT) {
                        row = mutation.modified();
                    }
                }
            }
            return row;
        }

        private static void checkQueues(String where, List<MutationTransaction> active) {
            List<MutationTransaction> before = new ArrayList<>();
            for (MutationTransaction transaction : active) {
                String behind = before.stream()
                        .filter(other -> transaction.strategy() == StrategyType.ORDERED
                                && other.strategy() == StrategyType.ORDERED
                                && refs(other).stream().anyMatch(refs(transaction)::contains))
                        .reduce((first, second) -> second)
                        .map(MutationTransaction::id)
                        .orElse(null);
                assertThat(transaction.queuedBehind()).as(where).isEqualTo(behind);
                assertThat(transaction.state() == io.statesync.mutation.store.TransactionState.QUEUED)
                        .as(where)
                        .isEqualTo(behind != null);
                before.add(transaction);
            }
        }

        private static Set<Ref> refs(MutationTransaction transaction) {
            Set<Ref> refs = new HashSet<>();
            transaction.mutations().forEach(mutation -> refs.add(mutation.ref()));
            return refs;
        }
    }
}
