package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.mutation.store.TransactionState;
import io.statesync.policy.NonRetriableException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** MUTATIONS 1.6: locks, and what is held back behind them. */
class LockTest {

    private static final Todo A = Todo.of("a", "A");
    private static final Todo B = Todo.of("b", "B");

    private final World world = World.with(A, B);

    private Set<Ref> locked() {
        return LockedRefs.of(world.collections.transactions().active());
    }

    @Test
    @DisplayName("MU-L1: locked is what ordered transactions persist, or await sync for")
    void whatIsLocked() {
        TransactionHandle first = world.edit("a", "A2");
        world.edit("a", "A3");
        assertThat(locked()).containsExactly(new Ref("todos", "a"));
        assertThat(world.todos.rowStatus("a").locked()).isTrue();
        assertThat(world.todos.rowStatus("a").pending()).hasSize(2);

        world.ok(first, 5);
        assertThat(locked()).containsExactly(new Ref("todos", "a"));
        assertThat(world.todos.rowStatus("b").locked()).isFalse();
    }

    @Test
    @DisplayName("MU-L2: a transaction that waits locks nothing, and sync comes in under its changes")
    void waitingOnesLockNothing() {
        World narrow = World.with(settings -> settings.maxConcurrentPersists(1), config -> config, A, B);
        narrow.edit("b", "hangs");
        TransactionHandle pending = narrow.count("a", 5);
        assertThat(World.state(pending)).isEqualTo(TransactionState.PENDING);

        narrow.source.upsert(A.withText("theirs"));

        assertThat(narrow.todos.get("a")).isEqualTo(new Todo("a", "theirs", 5));
        assertThat(narrow.todos.rowStatus("a").held()).isFalse();
    }

    @Test
    @DisplayName("MU-L3, MC-18: rows of locked keys are held, the newest of each; all others come in at once")
    void heldBack() {
        TransactionHandle handle = world.edit("a", "mine");

        world.source.all(1, A.withText("old"), B.withText("B2"));
        world.source.upsert(2, A.withText("newer"), Todo.of("c", "C"));

        assertThat(world.text("a")).isEqualTo("mine");
        assertThat(world.text("b")).isEqualTo("B2");
        assertThat(world.text("c")).isEqualTo("C");
        assertThat(world.todos.rowStatus("a").held()).isTrue();

        world.ok(handle);
        assertThat(world.text("a")).isEqualTo("newer");
        assertThat(world.todos.rowStatus("a").held()).isFalse();
    }

    @Test
    @DisplayName("MU-L4: completed, the overlay goes and what was held comes in one publication")
    void releasedOnCompletion() {
        TransactionHandle handle = world.edit("a", "mine");
        world.ok(handle, 5);
        world.source.upsert(4, A.withText("before"));
        long before = world.publications();

        world.source.all(5, A.withText("theirs"), B);

        assertThat(world.publications()).isEqualTo(before + 1);
        assertThat(World.state(handle)).isEqualTo(TransactionState.COMPLETED);
        assertThat(world.text("a")).isEqualTo("theirs");
    }

    @Test
    @DisplayName("MU-L4: a held row that is older than what persist returned is dropped")
    void olderOnesAreDropped() {
        World world = World.with(A, B);
        TransactionHandle handle = world.edit("a", "mine");
        world.source.upsert(4, A.withText("before"));
        world.ok(handle, 5);
        // nothing of the row comes, only the news that all of revision 5 was received
        world.source.upsert(5);

        assertThat(World.state(handle)).isEqualTo(TransactionState.COMPLETED);
        assertThat(world.todos.rowStatus("a").held()).isFalse();
        assertThat(world.text("a")).isEqualTo("A");
    }

    @Test
    @DisplayName("MU-L5: failed, the overlay goes and what was held comes in one publication")
    void releasedOnFailure() {
        TransactionHandle handle = world.edit("a", "mine");
        world.source.upsert(A.withText("theirs"));
        long before = world.publications();

        world.fail(handle, new NonRetriableException("no"));

        assertThat(world.publications()).isEqualTo(before + 1);
        assertThat(world.text("a")).isEqualTo("theirs");
    }

    @Test
    @DisplayName("MU-L6: who comes next sits on what was held")
    void theNextSitsOnIt() {
        TransactionHandle first = world.edit("a", "mine");
        TransactionHandle second = world.count("a", 5);
        world.source.upsert(new Todo("a", "theirs", 1));

        world.ok(first);

        assertThat(World.state(second)).isEqualTo(TransactionState.PERSISTING);
        assertThat(world.todos.get("a")).isEqualTo(new Todo("a", "theirs", 5));
        assertThat(world.backend.of(second).context().baseRow(new Ref("todos", "a")))
                .isEqualTo(new Todo("a", "theirs", 1));
    }

    @Test
    @DisplayName("MU-L7: a row that is held confirms the transaction that it is held for")
    void heldRowsConfirm() {
        world.backend.awaitSync = context -> java.util.Optional.of(context.sync()
                .awaitMatch(rows ->
                        rows.get("a") instanceof Todo todo && todo.text().equals("mine")));
        TransactionHandle handle = world.edit("a", "mine");
        world.ok(handle);
        assertThat(World.state(handle)).isEqualTo(TransactionState.PERSISTED_AWAITING_SYNC);

        world.source.upsert(A.withText("mine"));
        world.run();

        assertThat(World.state(handle)).isEqualTo(TransactionState.COMPLETED);
        assertThat(world.todos.data()).isEqualTo(Map.of("a", A.withText("mine"), "b", B));
    }

    @Test
    @DisplayName("MU-L3: a row that sync deletes stays while it is locked, and is not brought back")
    void heldDeletion() {
        TransactionHandle handle = world.edit("a", "mine");
        world.source.all(B);
        assertThat(world.text("a")).isEqualTo("mine");

        world.ok(handle);

        assertThat(world.todos.data()).isEqualTo(Map.of("b", B));
    }
}
