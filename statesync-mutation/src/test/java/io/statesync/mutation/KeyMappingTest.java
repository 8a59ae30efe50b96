package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.SyncPhase;
import io.statesync.mutation.store.TransactionState;
import io.statesync.policy.NonRetriableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rows that are inserted under a temporary key, and get another one from the backend (MUTATIONS 3, keyMapping). */
class KeyMappingTest {

    private static final Todo A = Todo.of("a", "A");
    private static final Todo NEW = Todo.of("tmp", "new");
    private static final PersistResult KEYS = PersistResult.none().withKeys("todos", Map.of("tmp", "77"));

    private final World world = World.with(A);

    private TransactionHandle inserted(World its) {
        TransactionHandle handle = its.todos.insert(NEW);
        its.run();
        return handle;
    }

    private static void answer(World its, TransactionHandle handle, PersistResult result) {
        its.backend.of(handle).answer().complete(result);
        its.run();
    }

    @Test
    @DisplayName("MU-V3: with the success the row is under its new key, and nowhere else, also for who was told of it")
    void underItsNewKey() {
        TransactionHandle handle = inserted(world);
        List<Set<String>> frames = new ArrayList<>();
        world.collections.transactions().subscribe(new TransactionListener() {
            @Override
            public void onTransition(TransactionEvent event) {
                frames.add(world.todos.data().keySet());
            }
        });
        handle.persisted().thenRun(() -> frames.add(world.todos.data().keySet()));
        answer(world, handle, KEYS);

        assertThat(World.state(handle)).isEqualTo(TransactionState.COMPLETED);
        assertThat(frames).hasSize(2).containsOnly(Set.of("a", "77"));
        assertThat(world.todos.data()).isEqualTo(Map.of("a", A, "77", Todo.of("77", "new")));
        assertThat(world.todos.size()).isEqualTo(2);
        assertThat(world.todos.rowStatus("77").provisional()).isTrue();
        assertThat(handle.snapshot().mutations().get(0).ref()).isEqualTo(new Ref("todos", "77"));
        assertThat(handle.snapshot().mutations().get(0).changes()).containsEntry("id", "77");
    }

    @Test
    @DisplayName("MU-L1, MU-L3, MU-S5: until sync confirms it the new key is locked, and there is no second row")
    void confirmed() {
        TransactionHandle handle = inserted(world);
        answer(
                world,
                handle,
                PersistResult.revision(new io.statesync.Revision(5)).withKeys("todos", Map.of("tmp", "77")));
        assertThat(World.state(handle)).isEqualTo(TransactionState.PERSISTED_AWAITING_SYNC);
        assertThat(LockedRefs.of(world.collections.transactions().active())).containsExactly(new Ref("todos", "77"));
        assertThat(world.todos.rowStatus("77").locked()).isTrue();
        assertThat(world.todos.rowStatus("tmp").locked()).isFalse();

        world.source.upsert(4, Todo.of("77", "half done"));
        assertThat(world.todos.get("77").text()).isEqualTo("new");
        world.source.all(5, A, Todo.of("77", "new, by the server"));
        world.run();
        assertThat(World.state(handle)).isEqualTo(TransactionState.COMPLETED);
        assertThat(world.todos.data()).isEqualTo(Map.of("a", A, "77", Todo.of("77", "new, by the server")));
    }

    @Test
    @DisplayName("MU-O4: what waits behind the temporary key is sent with the new one, in order")
    void whatWaits() {
        TransactionHandle first = inserted(world);
        TransactionHandle edit = world.todos.update("tmp", row -> row.withText("edited"));
        TransactionHandle delete = world.todos.delete("tmp");
        answer(world, first, KEYS);

        assertThat(World.state(edit)).isEqualTo(TransactionState.PERSISTING);
        assertThat(world.backend.of(edit).context().changes())
                .isEqualTo(Map.of(new Ref("todos", "77"), Map.of("text", "edited")));
        assertThat(delete.snapshot().queuedBehind()).isEqualTo(edit.id());
        TransactionHandle last = world.todos.insert(Todo.of("77", "again"));
        assertThat(last.snapshot().queuedBehind())
                .as("the claim has moved, too")
                .isEqualTo(delete.id());
        world.ok(edit);
        assertThat(world.backend
                        .of(delete)
                        .context()
                        .transaction()
                        .mutations()
                        .get(0)
                        .ref())
                .isEqualTo(new Ref("todos", "77"));
        world.fail(delete, new NonRetriableException("no"));
        assertThat(World.state(last)).isEqualTo(TransactionState.FAILED);
        assertThat(world.todos.data()).isEqualTo(Map.of("a", A, "77", Todo.of("77", "edited")));
        assertThat(world.collections.transactions().active()).isEmpty();
    }

    @Test
    @DisplayName("MU-M5: an edit by the temporary key finds the row, also one in the middle of which it got its own")
    void editsByTheOldKey() {
        TransactionHandle first = inserted(world);
        TransactionHandle crossing = world.todos.mutate(scope -> {
            scope.update("tmp", row -> row.withCount(1));
            answer(world, first, KEYS);
        });
        assertThat(crossing.snapshot().mutations().get(0).ref()).isEqualTo(new Ref("todos", "77"));
        world.run();
        world.ok(crossing);

        TransactionHandle later = world.count("tmp", 2);
        assertThat(later.snapshot().mutations().get(0).ref()).isEqualTo(new Ref("todos", "77"));
        assertThat(world.todos.get("77")).isEqualTo(new Todo("77", "new", 2));
    }

    @Test
    @DisplayName("MU-D3, MU-D5: before the record is on disk all is as it was, after it all has the new key")
    void crashes() {
        HandStorage disk = HandStorage.quick();
        World before = World.loading(disk);
        before.source.initial(A);
        TransactionHandle first = inserted(before);
        TransactionHandle edit = before.todos.update("tmp", row -> row.withText("edited"));
        answer(before, first, KEYS);
        int persisted = disk.kinds().indexOf("Persisted");

        World lost = World.loading(disk.afterCrash(persisted));
        lost.source.initial(A);
        lost.run();
        assertThat(lost.todos.get("tmp").text()).isEqualTo("edited");
        assertThat(lost.backend.last().id()).isEqualTo(first.id());
        answer(lost, lost.collections.transactions().handle(first.id()).orElseThrow(), KEYS);
        assertThat(lost.backend.last().context().changes()).containsOnlyKeys(new Ref("todos", "77"));

        World kept = World.loading(disk.afterCrash(persisted + 1));
        kept.source.initial(A, Todo.of("77", "new"));
        kept.run();
        assertThat(kept.todos.data()).isEqualTo(Map.of("a", A, "77", Todo.of("77", "edited")));
        assertThat(kept.backend.calls).hasSize(1);
        assertThat(kept.backend.last().id()).isEqualTo(edit.id());
        assertThat(kept.backend.last().context().changes())
                .isEqualTo(Map.of(new Ref("todos", "77"), Map.of("text", "edited")));
    }

    @Test
    @DisplayName("MU-H4: a key that the row cannot have is reported, and it succeeded all the same")
    void impossibleKeys() {
        TransactionHandle handle = inserted(world);
        answer(world, handle, PersistResult.none().withKeys("todos", Map.of("tmp", 77, "unknown", "x")));

        assertThat(World.state(handle)).isEqualTo(TransactionState.COMPLETED);
        assertThat(world.errors(SyncPhase.AWAIT_SYNC)).hasSize(1);
        assertThat(world.todos.get("tmp")).isEqualTo(NEW);
    }
}
