package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.mutation.store.StrategyType;
import io.statesync.mutation.store.TransactionState;
import io.statesync.policy.NonRetriableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** MUTATIONS 1.4: ordered transactions. */
class OrderedTest {

    private static final Todo A = Todo.of("a", "A");
    private static final Todo B = Todo.of("b", "B");

    private final World world = World.with(A, B);

    private TransactionHandle both(String text) {
        TransactionHandle handle = world.todos.mutate(
                scope -> scope.update("a", row -> row.withText(text)).update("b", row -> row.withText(text)));
        world.run();
        return handle;
    }

    @Test
    @DisplayName("MU-O1, MU-O2, MC-05: ordered by default; on the same row it queues, on another it does not")
    void queues() {
        TransactionHandle first = world.edit("a", "A2");
        TransactionHandle second = world.edit("a", "A3");
        TransactionHandle other = world.edit("b", "B2");

        assertThat(first.snapshot().strategy()).isEqualTo(StrategyType.ORDERED);
        assertThat(World.state(second)).isEqualTo(TransactionState.QUEUED);
        assertThat(second.snapshot().queuedBehind()).isEqualTo(first.id());
        assertThat(second.snapshot().blockedBy()).isEqualTo(Set.of(first.id()));
        assertThat(World.state(other)).isEqualTo(TransactionState.PERSISTING);

        world.ok(first);
        assertThat(World.state(second)).isEqualTo(TransactionState.PERSISTING);
        assertThat(second.snapshot().queuedBehind()).isNull();
    }

    @Test
    @DisplayName("MU-O3: queued_behind is the newest one that it waits for, and moves to the next")
    void queuedBehindMoves() {
        TransactionHandle onA = world.edit("a", "A2");
        TransactionHandle onB = world.edit("b", "B2");
        TransactionHandle onBoth = both("x");
        assertThat(onBoth.snapshot().queuedBehind()).isEqualTo(onB.id());
        assertThat(onBoth.snapshot().blockedBy()).isEqualTo(Set.of(onA.id(), onB.id()));

        world.ok(onB);
        assertThat(World.state(onBoth)).isEqualTo(TransactionState.QUEUED);
        assertThat(onBoth.snapshot().queuedBehind()).isEqualTo(onA.id());

        world.ok(onA);
        assertThat(World.state(onBoth)).isEqualTo(TransactionState.PERSISTING);
        assertThat(onBoth.snapshot().blockedBy()).isEmpty();
    }

    @Test
    @DisplayName("MU-O4: calls of one row never overlap, and come in the order of creation")
    void neverOverlap() {
        List<TransactionHandle> handles = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            handles.add(world.edit("a", "A" + i));
        }
        for (int i = 0; i < 10; i++) {
            assertThat(world.backend.calls).hasSize(i + 1);
            assertThat(world.backend.last().id()).isEqualTo(handles.get(i).id());
            world.ok(handles.get(i));
        }
    }

    @Test
    @DisplayName("MU-O5: one that hangs delays no other row")
    void disjointOnesRunConcurrently() {
        world.edit("a", "hangs");
        for (int i = 0; i < 5; i++) {
            TransactionHandle other = world.edit("b", "B" + i);
            world.ok(other);
            assertThat(World.state(other)).isEqualTo(TransactionState.COMPLETED);
        }
    }

    @Test
    @DisplayName("MU-O6: queued ones are visible")
    void queuedOnesAreVisible() {
        world.edit("a", "A2");
        world.edit("a", "A3");

        assertThat(world.text("a")).isEqualTo("A3");
    }

    @Test
    @DisplayName("MU-O7: with one fail all that wait for it, on all rows, in one publication, never having been sent")
    void cascade() {
        TransactionHandle root = world.edit("a", "A2");
        TransactionHandle direct = both("x");
        TransactionHandle transitive = world.edit("b", "B3");
        List<Map<String, Todo>> frames = new ArrayList<>();
        world.collections.transactions().subscribe(new TransactionListener() {
            @Override
            public void onTransition(TransactionEvent event) {
                frames.add(world.todos.data());
            }
        });

        world.fail(root, new NonRetriableException("refused"));

        assertThat(List.of(root, direct, transitive)).extracting(World::state).containsOnly(TransactionState.FAILED);
        assertThat(direct.snapshot().error().transactionId()).isEqualTo(root.id());
        assertThat(transitive.snapshot().error().transactionId()).isEqualTo(root.id());
        assertThat(transitive.snapshot().error().error())
                .isInstanceOfSatisfying(
                        DependencyFailedException.class,
                        error -> assertThat(error.transactionId()).isEqualTo(root.id()));
        assertThat(root.snapshot().error().transactionId()).isNull();
        assertThat(world.backend.calls).hasSize(1);
        assertThat(frames).hasSize(3).containsOnly(Map.of("a", A, "b", B));
        assertThat(world.todos.data()).isEqualTo(Map.of("a", A, "b", B));
    }

    @Test
    @DisplayName("MU-O7: a thousand that wait fall with one, in one publication")
    void aLargeCascade() {
        TransactionHandle root = world.edit("a", "A0");
        for (int i = 1; i <= 1000; i++) {
            world.todos.update("a", row -> row.withCount(row.count() + 1));
        }
        world.run();
        assertThat(world.todos.get("a").count()).isEqualTo(1000);
        long before = world.publications();

        world.fail(root, new NonRetriableException("refused"));

        assertThat(world.publications()).isEqualTo(before + 1);
        assertThat(world.todos.get("a")).isSameAs(A);
        assertThat(world.collections.transactions().active()).isEmpty();
        TransactionHandle next = world.edit("a", "fresh");
        assertThat(World.state(next)).isEqualTo(TransactionState.PERSISTING);
    }

    @Test
    @DisplayName("MU-O8: independent and parallel ones are not touched by a cascade")
    void othersAreUntouched() {
        TransactionHandle root = world.edit("a", "A2");
        TransactionHandle queued = world.edit("a", "A3");
        TransactionHandle parallel = world.count("a", 5, MutationOption.strategy(MutationStrategy.PARALLEL));
        TransactionHandle other = world.edit("b", "B2");

        world.fail(root, new NonRetriableException("refused"));

        assertThat(World.state(queued)).isEqualTo(TransactionState.FAILED);
        assertThat(World.state(parallel)).isEqualTo(TransactionState.PERSISTING);
        assertThat(World.state(other)).isEqualTo(TransactionState.PERSISTING);
        assertThat(world.todos.get("a")).isEqualTo(A.withCount(5));
    }

    @Test
    @DisplayName("MU-O9: who waits begins after the sync, not after the success")
    void completedMeansSynced() {
        TransactionHandle first = world.edit("a", "A2");
        TransactionHandle second = world.edit("a", "A3");

        world.ok(first, 7);
        assertThat(World.state(second)).isEqualTo(TransactionState.QUEUED);
        world.source.all(7, A.withText("A2"), B);
        world.run();
        assertThat(World.state(second)).isEqualTo(TransactionState.PERSISTING);
    }

    @Test
    @DisplayName("MU-O10: crossing transactions wait along the sequence, and all of them end")
    void noDeadlock() {
        List<TransactionHandle> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(i % 3 == 0 ? both("x" + i) : world.edit(i % 3 == 1 ? "a" : "b", "y" + i));
        }
        for (int answered = 0; answered < 20; answered++) {
            assertThat(world.backend.calls.size()).isGreaterThan(answered);
            world.backend.calls.get(answered).ok();
            world.run();
        }

        assertThat(all).extracting(World::state).containsOnly(TransactionState.COMPLETED);
    }

    @Test
    @DisplayName("MC-12: one that waited has its own error when its own sync fails")
    void ownError() {
        World failing = World.with(settings -> settings.awaitSyncFailure(AwaitSyncFailure.FAIL), config -> config, A);
        TransactionHandle first = failing.edit("a", "A2");
        TransactionHandle second = failing.edit("a", "A3");
        failing.ok(first);
        failing.ok(second, 9);
        failing.advance(java.time.Duration.ofSeconds(10));

        assertThat(World.state(first)).isEqualTo(TransactionState.COMPLETED);
        assertThat(World.state(second)).isEqualTo(TransactionState.FAILED);
        assertThat(second.snapshot().error().transactionId()).isNull();
        assertThat(second.snapshot().error().message()).contains("not confirmed by sync", second.id());
    }

    @Test
    @DisplayName("MU-O2: on the lane of the collection other rows wait too, also by name")
    void lanes() {
        TransactionHandle first =
                world.todos.update("a", row -> row.withText("x"), MutationOption.lane(Lane.COLLECTION));
        TransactionHandle second =
                world.todos.update("b", row -> row.withText("x"), MutationOption.lane(Lane.COLLECTION));
        assertThat(second.snapshot().queuedBehind()).isEqualTo(first.id());

        Lane byName = mutations -> Set.of("stock");
        TransactionHandle third = world.todos.insert(Todo.of("c", "C"), MutationOption.lane(byName));
        TransactionHandle fourth = world.todos.insert(Todo.of("d", "D"), MutationOption.lane(byName));
        assertThat(World.state(third)).isEqualTo(TransactionState.PENDING);
        assertThat(fourth.snapshot().queuedBehind()).isEqualTo(third.id());
    }

    @Test
    @DisplayName("MU-O4: after a queued one was cancelled the next one waits for the one before it")
    void cancelInTheMiddle() {
        TransactionHandle first = world.edit("a", "A2");
        TransactionHandle second = world.edit("a", "A3");
        assertThat(second.cancel()).isTrue();
        world.run();
        TransactionHandle third = world.edit("a", "A4");

        assertThat(third.snapshot().queuedBehind()).isEqualTo(first.id());
        assertThat(World.state(second)).isEqualTo(TransactionState.FAILED);
        assertThat(second.completed().toCompletableFuture()).isCompletedExceptionally();
        assertThat(world.text("a")).isEqualTo("A4");
    }

    @Test
    @DisplayName("MU-T1: one that was taken back does not fail once more with the one that it waited for")
    void cancelledBeforeTheCascade() {
        TransactionHandle first = world.edit("a", "A2");
        TransactionHandle second = world.edit("a", "A3");
        second.cancel();
        world.run();
        MutationTransaction ended = second.snapshot();
        world.fail(first, new NonRetriableException("refused"));

        assertThat(second.snapshot()).isEqualTo(ended);
        assertThat(world.told(second)).containsExactly(TransactionState.QUEUED, TransactionState.FAILED);
    }

    @Test
    @DisplayName("MU-O4: what a cascade leaves behind on another row still goes before whoever comes next")
    void aCascadeGivesBackEveryClaim() {
        TransactionHandle onB = world.edit("b", "B2");
        TransactionHandle root = world.edit("a", "A2");
        both("x");
        world.edit("b", "B3");
        world.fail(root, new NonRetriableException("refused"));

        assertThat(world.edit("b", "B4").snapshot().queuedBehind()).isEqualTo(onB.id());
    }
}
