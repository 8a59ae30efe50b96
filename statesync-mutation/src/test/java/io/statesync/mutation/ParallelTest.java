package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.SyncPhase;
import io.statesync.mutation.store.StrategyType;
import io.statesync.mutation.store.TransactionState;
import io.statesync.policy.NonRetriableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** MUTATIONS 1.5: parallel transactions. */
class ParallelTest {

    private static final Todo A = Todo.of("a", "A");
    private static final Todo B = Todo.of("b", "B");

    /** Adds up what is pending; a row that is gone stays gone. */
    private static final Merge<Todo> SUM = (synced, pending) -> synced == null
            ? null
            : synced.withCount(synced.count()
                    + pending.stream()
                            .mapToInt(mutation -> ((Todo) mutation.modified()).count()
                                    - (mutation.original() == null ? 0 : ((Todo) mutation.original()).count()))
                            .sum());

    private static World parallel(MutationStrategy strategy) {
        return World.with(settings -> {}, config -> config.withStrategy(strategy), A, B);
    }

    private static TransactionHandle add(World world, int more) {
        TransactionHandle handle = world.todos.update("a", row -> row.withCount(row.count() + more));
        world.run();
        return handle;
    }

    @Test
    @DisplayName("MU-P1, MC-06: parallel ones never queue, never lock, and run at once")
    void neverQueue() {
        World world = parallel(MutationStrategy.PARALLEL);
        for (int i = 1; i <= 3; i++) {
            add(world, i);
        }

        assertThat(world.backend.calls).hasSize(3);
        assertThat(world.collections.transactions().active())
                .extracting(MutationTransaction::queuedBehind)
                .containsOnlyNulls();
        assertThat(LockedRefs.of(world.collections.transactions().active())).isEmpty();
        assertThat(world.todos.rowStatus("a").locked()).isFalse();
    }

    @Test
    @DisplayName("MU-P1: no more run at once than the limit, the oldest first")
    void theLimit() {
        World world = World.with(
                settings -> settings.maxConcurrentPersists(2),
                config -> config.withStrategy(MutationStrategy.PARALLEL),
                A);
        List<TransactionHandle> handles = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            handles.add(add(world, i));
        }
        assertThat(world.backend.calls).hasSize(2);

        world.ok(handles.get(1));

        assertThat(world.backend.calls).hasSize(3);
        assertThat(world.backend.last().id()).isEqualTo(handles.get(2).id());
        assertThat(World.state(handles.get(3))).isEqualTo(TransactionState.PENDING);
    }

    @Test
    @DisplayName("MU-P2: with each sync of its key the row is merged anew")
    void mergedWithEachSync() {
        World world = parallel(MutationStrategy.parallel(SUM));
        add(world, 1);
        add(world, 10);
        assertThat(world.todos.get("a").count()).isEqualTo(11);

        world.source.all(A.withCount(100), B);
        assertThat(world.todos.get("a").count()).isEqualTo(111);
        world.source.upsert(A.withCount(200));
        assertThat(world.todos.get("a").count()).isEqualTo(211);
    }

    @Test
    @DisplayName("MU-P3: it is merged anew when one is added, completes or fails, whatever came first")
    void mergedWithEachEvent() {
        World world = parallel(MutationStrategy.parallel(SUM));
        TransactionHandle one = add(world, 1);
        TransactionHandle ten = add(world, 10);
        world.source.all(5, A.withCount(100), B);

        world.fail(one, new NonRetriableException("no"));
        assertThat(world.todos.get("a").count()).isEqualTo(110);
        world.ok(ten, 6);
        world.source.all(6, A.withCount(110), B);
        assertThat(world.todos.get("a").count()).isEqualTo(110);
        assertThat(world.todos.rowStatus("a").pending()).isEmpty();
    }

    @Test
    @DisplayName("MU-P4: without a merge fields are laid over what came, and nothing that is gone comes back")
    void fieldByField() {
        World world = parallel(MutationStrategy.PARALLEL);
        world.count("a", 5);
        world.source.all(A.withText("theirs"), B);
        assertThat(world.todos.get("a")).isEqualTo(new Todo("a", "theirs", 5));
        world.source.delete("a");
        assertThat(world.todos.get("a")).isNull();

        world.todos.insert(new Todo("c", "mine", 1));
        world.source.upsert(new Todo("c", "theirs", 2));
        assertThat(world.todos.get("c")).isEqualTo(new Todo("c", "mine", 1));

        world.todos.delete("b");
        world.source.upsert(B.withText("again"));
        assertThat(world.todos.get("b")).isNull();
    }

    @Test
    @DisplayName(
            "MU-P5: a merge may say that nothing is there; if it throws that is reported, and fields are laid over")
    void mergesThatThrow() {
        World gone = parallel(MutationStrategy.<Todo>parallel((synced, pending) -> null));
        add(gone, 1);
        assertThat(gone.todos.get("a")).isNull();
        assertThat(gone.todos.size()).isEqualTo(1);

        World broken = parallel(MutationStrategy.<Todo>parallel((synced, pending) -> {
            throw new IllegalStateException("merge");
        }));
        add(broken, 1);
        broken.source.upsert(A.withText("theirs"));
        broken.run();
        assertThat(broken.todos.get("a")).isEqualTo(new Todo("a", "theirs", 1));
        assertThat(broken.errors(SyncPhase.MERGE)).hasSize(2);
    }

    @Test
    @DisplayName("MU-P6: one that fails takes nothing but its own with it")
    void noRollbackOfOthers() {
        World world = parallel(MutationStrategy.PARALLEL);
        TransactionHandle text = world.edit("a", "mine");
        TransactionHandle count = world.count("a", 5);
        world.source.upsert(A.withText("theirs"));

        world.fail(text, new NonRetriableException("no"));

        assertThat(World.state(count)).isEqualTo(TransactionState.PERSISTING);
        assertThat(world.todos.get("a")).isEqualTo(new Todo("a", "theirs", 5));
    }

    @Test
    @DisplayName("MU-P6: on request what a failed one did stays until the next sync of its row")
    void keptUntilSync() {
        World world = parallel(MutationStrategy.PARALLEL.keepingFailedUntilNextSync());
        TransactionHandle handle = world.count("a", 5);

        world.fail(handle, new NonRetriableException("no"));
        assertThat(world.todos.get("a")).isEqualTo(A.withCount(5));
        world.source.upsert(A);
        assertThat(world.todos.get("a")).isEqualTo(A);
        assertThatThrownBy(MutationStrategy.ORDERED::keepingFailedUntilNextSync)
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MutationStrategy(StrategyType.ORDERED, SUM, false))
                .hasMessageContaining("use a parallel one");
    }

    @Test
    @DisplayName(
            "MU-P7, MC-07: ordered and parallel ones do not wait for each other, and compose in the order of creation")
    void mixed() {
        World world = World.with(A, B);
        TransactionHandle first = world.edit("a", "1");
        TransactionHandle parallel = world.count("a", 2, MutationOption.strategy(MutationStrategy.PARALLEL));
        TransactionHandle third = world.todos.update("a", row -> row.withText(row.text() + "3"));
        TransactionHandle onB = world.todos.update("b", row -> row.withText("4"));

        assertThat(World.state(third)).isEqualTo(TransactionState.QUEUED);
        assertThat(third.snapshot().queuedBehind()).isEqualTo(first.id());
        assertThat(parallel.snapshot().queuedBehind()).isNull();
        assertThat(World.state(onB)).isEqualTo(TransactionState.PENDING);
        assertThat(world.todos.data()).isEqualTo(Map.of("a", new Todo("a", "13", 2), "b", B.withText("4")));
    }

    @Test
    @DisplayName("MU-P2: while an ordered one locks the row the merge is not used")
    void noMergeUnderALock() {
        World world = World.with(A, B);
        world.count("a", 5, MutationOption.strategy(MutationStrategy.parallel(SUM)));
        assertThat(world.todos.get("a").count()).isEqualTo(5);
        TransactionHandle ordered = world.count("a", 7);
        assertThat(world.todos.get("a").count()).isEqualTo(7);
        world.fail(ordered, new NonRetriableException("no"));
        assertThat(world.todos.get("a").count()).isEqualTo(5);
    }
}
