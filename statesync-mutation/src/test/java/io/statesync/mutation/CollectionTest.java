package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.SyncPhase;
import io.statesync.mutation.store.TransactionStorage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** MUTATIONS 1.1: collections and their sources. */
class CollectionTest {

    private static final Todo A = Todo.of("a", "A");
    private static final Todo B = Todo.of("b", "B");

    @Test
    @DisplayName("MU-C1: the same id gives the same collection, and another config under it is refused")
    void oneCollectionPerId() {
        World world = World.with(A);

        assertThat(world.collections.open(world.config())).isSameAs(world.todos);
        assertThatThrownBy(() -> world.collections.open(world.config().withStrategy(MutationStrategy.PARALLEL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"todos\" is open with another config");
    }

    @Test
    @DisplayName("MU-C2: the setup runs once, however many open the collection meanwhile")
    void oneSetup() {
        World world = World.loading(TransactionStorage.memory());

        SyncedCollection<String, Todo> again = world.collections.open(world.config());
        again.setup();
        world.run();
        world.source.initial(A);
        world.run();

        assertThat(world.source.setups).hasSize(1);
        assertThat(again.state()).isEqualTo(CollectionState.READY);
        assertThat(again.ready().toCompletableFuture()).isCompleted();
    }

    @Test
    @DisplayName("MU-C3, MC-15: nothing is there before the initial data, and then all of it")
    void theInitialDataComesWhole() {
        World world = World.loading(TransactionStorage.memory());
        assertThat(world.todos.data()).isEmpty();
        assertThat(world.todos.state()).isEqualTo(CollectionState.LOADING);

        world.source.initial(A, B);

        assertThat(world.todos.data()).containsExactlyInAnyOrderEntriesOf(Map.of("a", A, "b", B));
    }

    @Test
    @DisplayName("MU-C4: what comes during the setup is applied after the initial data, in order, in one publication")
    void whatComesMeanwhileComesAfter() {
        World world = World.loading(TransactionStorage.memory());
        world.source.upsert(A.withText("second"));
        world.source.upsert(A.withText("third"));
        world.source.delete("b");
        assertThat(world.todos.data()).isEmpty();

        world.source.initial(A, B);

        assertThat(world.todos.data()).isEqualTo(Map.of("a", A.withText("third")));
    }

    @Test
    @DisplayName("MU-C5: a setup that fails is reported, harms no pending transaction, and can be repeated")
    void aFailedSetupIsRepeated() {
        World world = World.loading(TransactionStorage.memory());
        TransactionHandle inserted = world.todos.insert(B);
        world.source.setups.get(0).completeExceptionally(new IllegalStateException("away"));
        world.run();

        assertThat(world.todos.state()).isEqualTo(CollectionState.ERROR);
        assertThat(world.todos.ready().toCompletableFuture()).isCompletedExceptionally();
        assertThat(world.errors(SyncPhase.GET_SNAPSHOT)).hasSize(1);
        assertThat(inserted.snapshot().state().active()).isTrue();
        assertThat(world.todos.get("b")).isEqualTo(B);

        // the sink of the setup that failed is not heard any more
        SyncSink<String, Todo> former = world.source.sink();
        world.todos.setup();
        world.run();
        former.onDelta(null, RowDelta.upsert(List.of(Todo.of("x", "late"))));
        world.source.initial(A);
        world.run();

        assertThat(world.todos.state()).isEqualTo(CollectionState.READY);
        assertThat(world.todos.data()).isEqualTo(Map.of("a", A, "b", B));
    }

    @Test
    @DisplayName("MU-C5: a setup that throws, or brings rows without a key, has failed")
    void aSetupThatThrowsHasFailed() {
        World world = World.with(A);
        SyncedCollection<String, Map<String, Object>> broken =
                world.collections.open(SyncConfig.of("broken", RowModel.<String>ofMap("id"), sink -> {
                    throw new IllegalStateException("no source");
                }));
        SyncedCollection<String, Map<String, Object>> keyless = world.collections.open(SyncConfig.of(
                "keyless",
                RowModel.<String>ofMap("id"),
                sink -> java.util.concurrent.CompletableFuture.completedStage(
                        SyncedRows.of(List.of(Map.of("name", "nobody"))))));
        world.run();

        assertThat(broken.state()).isEqualTo(CollectionState.ERROR);
        assertThat(keyless.state()).isEqualTo(CollectionState.ERROR);
        assertThat(world.errors(SyncPhase.GET_SNAPSHOT))
                .extracting(context -> context.error().getMessage())
                .anyMatch("no source"::equals)
                .anyMatch(message -> message.contains("no field \"id\""));
    }

    @Test
    @DisplayName("MU-C7: plain data replaces all rows, a delta some")
    void plainDataReplacesAll() {
        World world = World.with(A, B);

        world.source.all(3, B.withText("B2"));
        assertThat(world.todos.data()).isEqualTo(Map.of("b", B.withText("B2")));
        assertThat(world.todos.revision()).isEqualTo(new Revision(3));

        world.source.upsert(4, A);
        assertThat(world.todos.data()).isEqualTo(Map.of("a", A, "b", B.withText("B2")));
        assertThat(world.todos.size()).isEqualTo(2);
        assertThat(world.todos.stream()).containsExactlyInAnyOrder(A, B.withText("B2"));
    }

    @Test
    @DisplayName("MU-C8: a map that is held stays as it was, whatever happens")
    void aMapThatIsHeldStays() {
        World world = World.with(A, B);
        Map<String, Todo> before = world.todos.data();

        world.edit("a", "A2");
        world.todos.insert(Todo.of("c", "C"));
        world.todos.delete("b");
        world.source.all(Todo.of("d", "D"));

        assertThat(before).isEqualTo(Map.of("a", A, "b", B)).hasSize(2);
        assertThat(before.get("a")).isSameAs(A);
        assertThatThrownBy(() -> before.put("x", A)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @DisplayName("MU-C8: many deltas are folded into a new base, and nothing of them is lost")
    void manyDeltasAreFolded() {
        World world = World.with(A);
        for (int i = 0; i < 5000; i++) {
            world.source.upsert(Todo.of("k" + i, "first"));
        }
        world.source.delete("k7");
        world.run();
        world.source.upsert(Todo.of("k8", "second"));

        assertThat(world.todos.data()).hasSize(5000).doesNotContainKey("k7");
        assertThat(world.text("k8")).isEqualTo("second");
        assertThat(world.text("k4999")).isEqualTo("first");
        assertThat(world.todos.data().entrySet()).hasSize(5000);
    }
}
