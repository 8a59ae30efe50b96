package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.mutation.store.MutationType;
import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.StrategyType;
import io.statesync.mutation.store.TransactionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** MUTATIONS 1.2: what a mutation is. */
class MutationTest {

    private static final Todo A = Todo.of("a", "A");
    private static final Todo B = Todo.of("b", "B");

    private final World world = World.with(A, B);

    private static PendingMutation only(TransactionHandle handle) {
        assertThat(handle.snapshot().mutations()).hasSize(1);
        return handle.snapshot().mutations().get(0);
    }

    @Test
    @DisplayName("MU-M1: a mutation is visible when its call returns, before anything else ran")
    void visibleOnReturn() {
        world.todos.insert(Todo.of("c", "C"));
        assertThat(world.text("c")).isEqualTo("C");
        world.todos.update("a", row -> row.withText("A2"));
        assertThat(world.text("a")).isEqualTo("A2");
        world.todos.delete("b");
        assertThat(world.todos.data()).containsOnlyKeys("a", "c");
        assertThat(world.todos.size()).isEqualTo(2);
        assertThat(world.collections.transactions().active()).hasSize(3);
    }

    @Test
    @DisplayName("MU-M2: a block makes one transaction over several collections, and nothing if it throws")
    void aBlockIsOneTransaction() {
        HandSource other = new HandSource();
        SyncedCollection<String, Todo> notes = world.collections.open(SyncConfig.of("notes", Todo.ROWS, other));
        world.run();
        other.initial(Todo.of("n", "N"));

        TransactionHandle both = world.todos.mutate(scope -> {
            scope.update("a", row -> row.withText("A2"));
            scope.on(notes).update("n", row -> row.withText("N2"));
            assertThat(scope.get("a").text()).isEqualTo("A2");
            assertThat(world.text("a")).isEqualTo("A");
        });

        assertThat(both.snapshot().mutations())
                .extracting(PendingMutation::ref)
                .containsExactly(new Ref("todos", "a"), new Ref("notes", "n"));
        assertThat(world.text("a")).isEqualTo("A2");
        assertThat(notes.get("n").text()).isEqualTo("N2");

        world.run();
        int events = world.events.size();
        assertThatThrownBy(() -> world.todos.mutate(scope -> {
                    scope.delete("b");
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");
        world.run();
        assertThat(world.todos.get("b")).isEqualTo(B);
        assertThat(world.events).hasSize(events);
        assertThat(world.collections.transactions().history(Query.ALL)).hasSize(1);
    }

    @Test
    @DisplayName("MU-M2: collections of another engine cannot be in the same transaction")
    void oneEngine() {
        World other = World.with(A);

        assertThatThrownBy(
                        () -> world.todos.mutate(scope -> scope.on(other.todos).delete("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot span two of them");
    }

    @Test
    @DisplayName("MU-M3, MC-17: a mutation carries what it did, when, with which metadata")
    void whatAMutationCarries() {
        TransactionHandle handle =
                world.todos.update("a", row -> row.withText("A2"), MutationOption.metadata(Map.of("by", "ann")));

        PendingMutation mutation = only(handle);
        assertThat(mutation.mutationId()).startsWith(handle.id());
        assertThat(mutation.ref()).hasToString("todos/a");
        assertThat(mutation.type()).isEqualTo(MutationType.UPDATE);
        assertThat(mutation.original()).isEqualTo(A);
        assertThat(mutation.modified()).isEqualTo(A.withText("A2"));
        assertThat(mutation.changes()).isEqualTo(Map.of("text", "A2"));
        assertThat(mutation.metadata()).isEqualTo(Map.of("by", "ann"));
        assertThat(mutation.createdAt()).isEqualTo(HandTime.BEGIN);
        assertThat(mutation.updatedAt()).isEqualTo(HandTime.BEGIN);
        assertThat(mutation.state()).isEqualTo(MutationState.CREATED);
    }

    @Test
    @DisplayName(
            "MU-M4: an insertion has no original and all fields; a key that is visible is refused and recorded nowhere")
    void insertion() {
        PendingMutation mutation = only(world.todos.insert(Todo.of("c", "C")));

        assertThat(mutation.original()).isNull();
        assertThat(mutation.changes()).isEqualTo(Map.of("id", "c", "text", "C", "count", 0));
        assertThatThrownBy(() -> world.todos.insert(Todo.of("c", "again"))).isInstanceOf(DuplicateKeyException.class);
        assertThat(world.collections.transactions().active()).hasSize(1);
    }

    @Test
    @DisplayName("MU-M5: an update starts from what is visible, changes what differs, and never the key")
    void update() {
        world.edit("a", "A2");
        PendingMutation second = only(world.todos.update("a", row -> row.withCount(7)));

        assertThat(second.original()).isEqualTo(A.withText("A2"));
        assertThat(second.changes()).isEqualTo(Map.of("count", 7));
        assertThatThrownBy(() -> world.todos.update("a", row -> Todo.of("z", "Z")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("changes the key to z");
        assertThatThrownBy(() -> world.todos.update("nobody", row -> row)).isInstanceOf(ObjectNotFoundException.class);
        assertThatThrownBy(() -> world.todos.update("a", row -> null)).hasMessageContaining("use delete(key)");
    }

    @Test
    @DisplayName("MU-M6: a deletion keeps the row as original and modified, and changes nothing")
    void deletion() {
        PendingMutation mutation = only(world.todos.delete("a"));

        assertThat(mutation.original()).isEqualTo(A);
        assertThat(mutation.modified()).isEqualTo(A);
        assertThat(mutation.changes()).isEmpty();
        assertThatThrownBy(() -> world.todos.delete("a")).isInstanceOf(ObjectNotFoundException.class);
    }

    @Test
    @DisplayName("MU-M7: an update that changes nothing is completed at once, and nowhere recorded")
    void nothing() throws Exception {
        TransactionHandle handle = world.edit("a", "A");

        assertThat(handle.snapshot().state()).isEqualTo(TransactionState.COMPLETED);
        assertThat(handle.snapshot().mutations()).isEmpty();
        assertThat(handle.completed().toCompletableFuture()).isCompleted();
        assertThat(handle.persisted().toCompletableFuture()).isCompleted();
        assertThat(handle.durable().toCompletableFuture()).isCompleted();
        assertThat(handle.cancel()).isFalse();
        assertThat(handle.await(java.time.Duration.ZERO)).isEqualTo(handle.snapshot());
        assertThat(world.backend.calls).isEmpty();
        assertThat(world.events).isEmpty();
        assertThat(world.collections.transactions().history(Query.ALL)).isEmpty();
    }

    @Test
    @DisplayName("MU-M9: the mutations move with their transaction")
    void mutationsMoveTogether() {
        TransactionHandle first = world.todos.mutate(scope -> scope.delete("a").delete("b"));
        assertThat(states(first)).containsOnly(MutationState.CREATED);
        world.run();
        assertThat(states(first)).containsOnly(MutationState.PERSISTING);
        world.ok(first, 3);
        assertThat(states(first)).containsOnly(MutationState.PERSISTING);
        world.source.all(3);
        assertThat(states(first)).containsOnly(MutationState.SYNCED);

        TransactionHandle failed = world.todos.insert(A);
        world.run();
        world.fail(failed, new io.statesync.policy.NonRetriableException("no"));
        assertThat(states(failed)).containsOnly(MutationState.PERSISTING);
    }

    private static List<MutationState> states(TransactionHandle handle) {
        return handle.snapshot().mutations().stream()
                .map(PendingMutation::state)
                .toList();
    }

    @Test
    @DisplayName("MU-M10, MC-08: the order is that of the calls, also within one instant of the clock")
    void orderOfCalls() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ids.add(world.todos.insert(Todo.of("new" + i, "x")).id());
        }

        assertThat(world.collections.transactions().active())
                .extracting(MutationTransaction::id)
                .containsExactlyElementsOf(ids);
        assertThat(world.collections.transactions().active())
                .extracting(MutationTransaction::createdAt)
                .containsOnly(HandTime.BEGIN);
    }

    @Test
    @DisplayName("MU-M11: metadata is handed to the mutation function and kept")
    void metadataIsKept() {
        TransactionHandle handle = world.count("a", 1, MutationOption.metadata(Map.of("why", "test")));

        assertThat(world.backend
                        .of(handle)
                        .context()
                        .transaction()
                        .mutations()
                        .get(0)
                        .metadata())
                .isEqualTo(Map.of("why", "test"));
        world.ok(handle);
        assertThat(world.collections
                        .transactions()
                        .find(handle.id())
                        .orElseThrow()
                        .mutations()
                        .get(0)
                        .metadata())
                .isEqualTo(Map.of("why", "test"));
    }

    @Test
    @DisplayName("MU-M12: a view of the collection mutates by another function and strategy, over the same rows")
    void aViewMutatesOtherwise() {
        Backend bulk = new Backend();
        World two = World.with(settings -> {}, config -> config.withMutationFn("bulk", bulk), A);
        SyncedCollection<String, Todo> view =
                two.todos.withMutation(MutationOption.fn("bulk"), MutationOption.strategy(MutationStrategy.PARALLEL));

        TransactionHandle handle = view.update("a", row -> row.withText("A2"));
        two.run();

        assertThat(handle.snapshot().mutationFn()).isEqualTo("bulk");
        assertThat(handle.snapshot().strategy()).isEqualTo(StrategyType.PARALLEL);
        assertThat(bulk.calls).hasSize(1);
        assertThat(two.backend.calls).isEmpty();
        assertThat(two.text("a")).isEqualTo("A2");
    }

    @Test
    @DisplayName("MU-M12, MC-14: without a mutation function a collection is read-only, and says what to add")
    void readOnly() {
        SyncedCollection<String, Todo> readOnly =
                world.collections.open(SyncConfig.of("read-only", Todo.ROWS, new HandSource()));

        assertThatThrownBy(() -> readOnly.insert(A))
                .isInstanceOf(MissingMutationFnException.class)
                .hasMessageContaining("withMutationFn");
        assertThatThrownBy(() -> world.todos.delete("a", MutationOption.fn("missing")))
                .isInstanceOf(MissingMutationFnException.class)
                .hasMessageContaining("\"missing\"");
        assertThat(readOnly.data()).isEmpty();
    }

    @Test
    @DisplayName("MC-17: many rows are inserted, changed and deleted by one block each")
    void bulk() {
        TransactionHandle inserted = world.todos.mutate(scope -> {
            for (int i = 0; i < 10; i++) {
                scope.insert(Todo.of("n" + i, "new"));
            }
        });
        TransactionHandle edited = world.todos.mutate(scope ->
                List.copyOf(world.todos.data().keySet()).forEach(key -> scope.update(key, row -> row.withCount(1))));
        TransactionHandle deleted = world.todos.mutate(
                scope -> List.copyOf(world.todos.data().keySet()).forEach(scope::delete));

        assertThat(inserted.snapshot().mutations()).hasSize(10);
        assertThat(edited.snapshot().mutations()).hasSize(12);
        assertThat(deleted.snapshot().mutations()).hasSize(12);
        assertThat(world.todos.data()).isEmpty();
        assertThat(world.collections.transactions().active()).hasSize(3);
    }
}
