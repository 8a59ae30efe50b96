package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.mutation.store.MutationType;
import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.TransactionState;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** MU-M8: several mutations of a row in one transaction are one. */
class FoldingTest {

    private static final Todo A = Todo.of("a", "A");
    private static final Todo C = Todo.of("c", "C");

    private final World world = World.with(A);

    private PendingMutation fold(Consumer<MutationScope<String, Todo>> block) {
        TransactionHandle handle = world.todos.mutate(block);
        assertThat(handle.snapshot().mutations()).hasSize(1);
        return handle.snapshot().mutations().get(0);
    }

    @Test
    @DisplayName("MU-M8: insert and update are an insert")
    void insertAndUpdate() {
        PendingMutation mutation = fold(scope -> scope.insert(C).update("c", row -> row.withCount(3)));

        assertThat(mutation.type()).isEqualTo(MutationType.INSERT);
        assertThat(mutation.original()).isNull();
        assertThat(mutation.changes()).isEqualTo(Map.of("id", "c", "text", "C", "count", 3));
    }

    @Test
    @DisplayName("MU-M8, MU-M7: insert and delete are nothing, which is nowhere recorded")
    void insertAndDelete() {
        TransactionHandle handle = world.todos.mutate(scope -> scope.insert(C).delete("c"));

        assertThat(handle.snapshot().state()).isEqualTo(TransactionState.COMPLETED);
        assertThat(world.collections.transactions().history(Query.ALL)).isEmpty();
    }

    @Test
    @DisplayName("MU-M8: updates are one update from the first original, and back again they are nothing")
    void updates() {
        PendingMutation mutation =
                fold(scope -> scope.update("a", row -> row.withText("x")).update("a", row -> row.withCount(2)));

        assertThat(mutation.original()).isEqualTo(A);
        assertThat(mutation.changes()).isEqualTo(Map.of("text", "x", "count", 2));
        TransactionHandle back = world.todos.mutate(
                scope -> scope.update("a", row -> row.withCount(9)).update("a", row -> row.withCount(2)));
        assertThat(back.snapshot().mutations()).isEmpty();
    }

    @Test
    @DisplayName("MU-M8: update and delete are a delete of the first original")
    void updateAndDelete() {
        PendingMutation mutation =
                fold(scope -> scope.update("a", row -> row.withText("x")).delete("a"));

        assertThat(mutation.type()).isEqualTo(MutationType.DELETE);
        assertThat(mutation.original()).isEqualTo(A);
        assertThat(mutation.modified()).isEqualTo(A);
    }

    @Test
    @DisplayName("MU-M8: delete and insert replace the whole row")
    void deleteAndInsert() {
        PendingMutation mutation = fold(scope -> scope.delete("a").insert(new Todo("a", "other", 0)));

        assertThat(mutation.type()).isEqualTo(MutationType.UPDATE);
        assertThat(mutation.changes()).isEqualTo(Map.of("id", "a", "text", "other", "count", 0));
    }

    @Test
    @DisplayName("MU-M8: of a row that is a map a field that the new row lacks is gone")
    void deleteAndInsertOfAMap() {
        RowModel<String, Map<String, Object>> maps = RowModel.ofMap("id");
        Map<String, Object> before = Map.of("id", "m", "old", 1, "both", 1);
        Map<String, Object> after = Map.of("id", "m", "both", 2, "fresh", 3);

        assertThat(maps.patch(before, maps.changes(before, after))).isEqualTo(after);
    }

    @Test
    @DisplayName("MU-M8: two inserts, or two deletes, of one row are errors, and nothing happened")
    void twice() {
        assertThatThrownBy(() -> world.todos.mutate(scope -> scope.insert(C).insert(C)))
                .isInstanceOf(DuplicateKeyException.class);
        assertThatThrownBy(() -> world.todos.mutate(scope -> scope.delete("a").delete("a")))
                .isInstanceOf(ObjectNotFoundException.class);
        assertThatThrownBy(() -> world.todos.mutate(scope -> scope.delete("a").update("a", row -> row)))
                .isInstanceOf(ObjectNotFoundException.class);
        assertThat(world.todos.data()).isEqualTo(Map.of("a", A));
        assertThat(world.collections.transactions().history(Query.ALL)).isEmpty();
    }
}
