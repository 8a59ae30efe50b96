package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.mutation.store.MutationType;
import io.statesync.mutation.store.TransactionState;
import io.statesync.policy.NonRetriableException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** MC-09, and what MUTATIONS A17 says of it: a queued transaction takes in a later one, where both ask for it. */
class CoalescingTest {

    private static final Todo A = Todo.of("a", "A");
    private static final Todo B = Todo.of("b", "B");

    private final World world = World.with(A, B);
    private final SyncedCollection<String, Todo> same = world.todos.withMutation(MutationOption.coalesceQueued());
    private final SyncedCollection<String, Todo> more =
            world.todos.withMutation(MutationOption.coalesceQueued(Coalescing.MORE_ROWS));

    private TransactionHandle both(SyncedCollection<String, Todo> todos, String text) {
        return todos.mutate(
                scope -> scope.update("a", row -> row.withText(text)).update("b", row -> row.withText(text)));
    }

    @Test
    @DisplayName("MC-09: the third on a row is the queued second, with its values, and is sent once")
    void theThirdIsTheSecond() {
        TransactionHandle first = world.edit("a", "A1");
        TransactionHandle second = same.update("a", row -> row.withText("A2"));
        MutationTransaction before = second.snapshot();
        TransactionHandle third = same.update("a", row -> row.withCount(3));
        TransactionHandle fourth = same.update("a", row -> row.withText("A4"));
        world.run();

        assertThat(third.id()).isEqualTo(second.id()).isEqualTo(fourth.id());
        assertThat(World.state(fourth)).isEqualTo(TransactionState.QUEUED);
        assertThat(fourth.snapshot().queuedBehind()).isEqualTo(first.id());
        assertThat(fourth.snapshot().createdAt()).isEqualTo(before.createdAt());
        assertThat(fourth.snapshot().updatedAt()).isAfter(before.updatedAt());
        assertThat(world.todos.get("a")).isEqualTo(new Todo("a", "A4", 3));
        PendingMutation mutation = fourth.snapshot().mutations().get(0);
        assertThat(mutation.original()).isEqualTo(A.withText("A1"));
        assertThat(mutation.modified()).isEqualTo(new Todo("a", "A4", 3));
        assertThat(mutation.changes()).isEqualTo(Map.of("text", "A4", "count", 3));
        assertThat(before.mutations().get(0).modified()).isEqualTo(A.withText("A2"));
        assertThat(world.told(second))
                .containsExactly(TransactionState.QUEUED, TransactionState.QUEUED, TransactionState.QUEUED);

        world.ok(first);
        assertThat(world.backend.calls).hasSize(2);
        assertThat(world.backend.of(third).context().changes())
                .isEqualTo(Map.of(new Ref("todos", "a"), Map.of("text", "A4", "count", 3)));
        world.ok(third);
        assertThat(world.todos.get("a")).isEqualTo(new Todo("a", "A4", 3));
        assertThat(world.collections.transactions().active()).isEmpty();
    }

    @Test
    @DisplayName("MC-09: off where one of the two does not ask for it")
    void offByDefault() {
        world.edit("a", "A1");
        TransactionHandle plain = world.edit("a", "A2");
        TransactionHandle asking = same.update("a", row -> row.withText("A3"));
        TransactionHandle last = world.edit("a", "A4");

        assertThat(asking.id()).isNotEqualTo(plain.id());
        assertThat(last.id()).isNotEqualTo(asking.id());
        assertThat(last.snapshot().queuedBehind()).isEqualTo(asking.id());
    }

    @Test
    @DisplayName("MC-09: other rows make no transaction wider, unless that is asked for; then the new keys come last")
    void moreRows() {
        world.edit("a", "A1");
        TransactionHandle second = same.update("a", row -> row.withText("A2"));
        TransactionHandle apart = both(same, "x");
        assertThat(apart.id()).isNotEqualTo(second.id());
        assertThat(apart.cancel()).isTrue();

        TransactionHandle wider = both(more, "y");
        world.run();
        assertThat(wider.id()).isEqualTo(second.id());
        assertThat(wider.snapshot().mutations())
                .extracting(PendingMutation::ref)
                .containsExactly(new Ref("todos", "a"), new Ref("todos", "b"));
        assertThat(wider.snapshot().mutations().get(0).original()).isEqualTo(A.withText("A1"));
    }

    @Test
    @DisplayName("MC-09: one that stands apart stays apart; so does what came after another one on its rows")
    void separate() {
        world.edit("a", "A1");
        world.edit("b", "B1");
        TransactionHandle onA = more.update("a", row -> row.withText("A2"));
        TransactionHandle onB = more.update("b", row -> row.withText("B2"));
        assertThat(onB.id()).isNotEqualTo(onA.id());

        TransactionHandle crossing = both(more, "x");
        assertThat(crossing.id())
                .as("B came after A")
                .isNotIn(onA.id(), onA.snapshot().queuedBehind());
        TransactionHandle parallel = world.count("a", 9, MutationOption.strategy(MutationStrategy.PARALLEL));
        TransactionHandle after = more.update("a", row -> row.withText("A9"));
        assertThat(after.id()).isNotIn(onA.id(), parallel.id());
        assertThat(world.todos.get("a")).isEqualTo(new Todo("a", "A9", 9));
    }

    @Test
    @DisplayName("MC-09: one that runs, or is completed, is never used again")
    void completedOnesAreNot() {
        TransactionHandle first = same.update("a", row -> row.withText("A1"));
        world.run();
        TransactionHandle second = same.update("a", row -> row.withText("A2"));
        assertThat(second.id()).as("the first is sent").isNotEqualTo(first.id());
        world.ok(first);
        TransactionHandle third = same.update("a", row -> row.withText("A3"));
        assertThat(third.id()).as("the second is sent").isNotEqualTo(second.id());
        world.ok(second);
        world.ok(third);

        TransactionHandle fourth = same.update("a", row -> row.withText("A4"));
        assertThat(fourth.id()).isNotIn(first.id(), second.id(), third.id());
        assertThat(World.state(third)).isEqualTo(TransactionState.COMPLETED);
    }

    @Test
    @DisplayName(
            "MC-09: an insertion takes in edits, an edit a deletion; what would leave nothing, or a hole, stays apart")
    void kinds() {
        TransactionHandle gone = world.todos.delete("a");
        TransactionHandle back = same.insert(Todo.of("a", "new"));
        TransactionHandle edited = same.update("a", row -> row.withCount(2));
        assertThat(edited.id()).isEqualTo(back.id());
        assertThat(edited.snapshot().mutations().get(0).type()).isEqualTo(MutationType.INSERT);
        assertThat(edited.snapshot().mutations().get(0).modified()).isEqualTo(new Todo("a", "new", 2));
        TransactionHandle again = same.delete("a");
        assertThat(again.id()).isNotEqualTo(back.id()).isNotEqualTo(gone.id());
        assertThat(same.insert(Todo.of("a", "once more")).id()).isNotEqualTo(again.id());

        world.edit("b", "B1");
        TransactionHandle edit = same.update("b", row -> row.withText("B2"));
        TransactionHandle removed = same.delete("b");
        assertThat(removed.id()).isEqualTo(edit.id());
        assertThat(removed.snapshot().mutations().get(0).type()).isEqualTo(MutationType.DELETE);
        assertThat(removed.snapshot().mutations().get(0).original()).isEqualTo(B.withText("B1"));
        assertThat(world.todos.get("b")).isNull();
    }

    @Test
    @DisplayName("MC-09: other metadata, functions and lanes stay apart, and so does what came between on a lane")
    void otherOptions() {
        world.edit("a", "A1");
        TransactionHandle plain = same.update("a", row -> row.withText("A2"));
        SyncedCollection<String, Todo> noted = same.withMutation(MutationOption.metadata(Map.of("by", "me")));
        TransactionHandle other = noted.update("a", row -> row.withText("A3"));
        assertThat(other.id()).isNotEqualTo(plain.id());
        SyncedCollection<String, Todo> wide = same.withMutation(MutationOption.lane(Lane.COLLECTION));
        TransactionHandle laned = wide.update("a", row -> row.withText("A4"));
        assertThat(laned.id()).isNotEqualTo(other.id());
        TransactionHandle between = wide.update("b", row -> row.withText("B2"));
        assertThat(wide.update("a", row -> row.withText("A5")).id()).isNotIn(laned.id(), between.id());
        assertThat(wide.update("b", row -> row.withText("B3")).id()).isNotEqualTo(between.id());
    }

    @Test
    @DisplayName("MC-09, MU-O7: what it took in falls with it, and rows that were added wait for who was there before")
    void fallsAsOne() {
        TransactionHandle first = world.edit("a", "A1");
        TransactionHandle onB = world.edit("b", "B1");
        TransactionHandle second = more.update("a", row -> row.withText("A2"));
        TransactionHandle third = both(more, "x");
        // B1 came before the queued one, so it may take the row in, and waits for it
        assertThat(onB.snapshot().sequence()).isLessThan(second.snapshot().sequence());
        assertThat(third.id()).isEqualTo(second.id());
        assertThat(third.snapshot().blockedBy()).containsExactlyInAnyOrder(first.id(), onB.id());

        world.fail(onB, new NonRetriableException("refused"));
        assertThat(World.state(third)).isEqualTo(TransactionState.FAILED);
        assertThat(world.todos.data()).isEqualTo(Map.of("a", A.withText("A1"), "b", B));
    }

    @Test
    @DisplayName(
            "MC-09, MU-D3: what was taken in is durable with its own record, and restored with it; then it takes in no more")
    void survivesACrash() {
        HandStorage disk = HandStorage.slow();
        World before = World.loading(disk);
        before.source.initial(A, B);
        before.run();
        SyncedCollection<String, Todo> asking = before.todos.withMutation(MutationOption.coalesceQueued());
        before.edit("a", "A1");
        disk.force();
        before.run();
        TransactionHandle second = asking.update("a", row -> row.withText("A2"));
        disk.force();
        TransactionHandle third = asking.update("a", row -> row.withCount(3));
        var durable = third.durable().toCompletableFuture();
        before.run();
        assertThat(durable).as("its record is not on disk yet").isNotDone();
        disk.force();
        before.run();
        assertThat(durable).isCompleted();

        for (boolean lost : new boolean[] {true, false}) {
            World after = World.loading(disk.afterCrash(disk.log.size() - (lost ? 1 : 0)));
            after.source.initial(A, B);
            after.run();
            assertThat(after.todos.get("a")).isEqualTo(new Todo("a", "A2", lost ? 0 : 3));
            TransactionHandle later =
                    after.todos.update("a", row -> row.withText("A4"), MutationOption.coalesceQueued());
            assertThat(later.id()).isNotEqualTo(second.id());
        }
    }
}
