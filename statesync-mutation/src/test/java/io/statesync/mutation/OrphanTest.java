package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.SyncPhase;
import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.TransactionState;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** MUTATIONS 1.9: what cannot be read, or lacks its collection or its mutation function. */
class OrphanTest {

    private static final Todo A = Todo.of("a", "A");
    private static final Todo B = Todo.of("b", "B");

    @Test
    @DisplayName("MU-D10: a record that cannot be read costs itself only, and is reported")
    void unreadableRecords() {
        HandStorage bytes = HandStorage.quick();
        bytes.bytes = true;
        World old = World.on(bytes, new HandTime(), settings -> {}, config -> config.withCodec(new TodoCodec(3)));
        old.source.initial(A, B);
        TransactionHandle lost = old.edit("a", "of the future");
        HandStorage two = bytes.afterCrash(bytes.log.size());
        two.damage.add(new IllegalStateException("torn"));
        World both = World.on(two, new HandTime(), settings -> {}, config -> config.withCodec(new TodoCodec(2)));

        assertThat(both.errors(SyncPhase.STORE))
                .extracting(error -> error.error().getMessage())
                .containsExactly("torn", "version 3 is of the future");
        assertThat(both.collections.transactions().orphaned()).containsExactly(lost.id());
        assertThat(two.byId().get(lost.id()).state().active()).isTrue();
        both.source.initial(A, B);
        both.run();
        assertThat(World.state(both.edit("a", "goes on"))).isEqualTo(TransactionState.PERSISTING);
        assertThat(both.collections
                        .transactions()
                        .history(Query.ALL)
                        .filter(transaction -> transaction.id().equals(lost.id())))
                .singleElement()
                .satisfies(transaction ->
                        assertThat(transaction.mutations().get(0).modified()).isInstanceOf(UnreadableRow.class));
    }

    @Test
    @DisplayName("MU-D10: an older version is brought up to date by its codec")
    void upcasting() {
        HandStorage bytes = HandStorage.quick();
        bytes.bytes = true;
        World old = World.on(bytes, new HandTime(), settings -> {}, config -> config.withCodec(new TodoCodec(1)));
        old.source.initial(A);
        old.edit("a", "A2");
        World next = World.on(
                bytes.afterCrash(bytes.log.size()),
                new HandTime(),
                settings -> {},
                config -> config.withCodec(new TodoCodec(2)));

        PendingMutation mutation =
                next.collections.transactions().active().get(0).mutations().get(0);
        assertThat(mutation.modified()).isEqualTo(new Todo("a", "A2", -1));
        assertThat(mutation.changes()).isEqualTo(Map.of("text", "A2"));
    }

    @Test
    @DisplayName("MU-D11: what lacks its collection or its function waits, reported, and so does what queued behind it")
    void orphans() {
        HandStorage log = HandStorage.quick();
        World first =
                World.on(log, new HandTime(), settings -> {}, config -> config.withMutationFn("bulk", new Backend()));
        first.source.initial(A, B);
        first.run();
        TransactionHandle bulk = first.todos.update("a", row -> row.withText("bulk"), MutationOption.fn("bulk"));
        TransactionHandle behind = first.edit("a", "behind");
        TransactionHandle free = first.edit("b", "free");
        HandStorage crashed = log.afterCrash(log.log.size());

        World without = World.loading(crashed);
        assertThat(without.collections.transactions().orphaned()).containsExactlyInAnyOrder(bulk.id(), behind.id());
        assertThat(without.collections.transactions().active())
                .extracting(MutationTransaction::id)
                .containsExactly(free.id());
        assertThat(without.errors(SyncPhase.STORE)).hasSize(2);
        assertThat(crashed.byId().get(bulk.id()).state().active()).isTrue();
    }

    @Test
    @DisplayName("MU-D11: it is taken up as soon as its collection is opened")
    void orphansAreTakenUpLater() {
        HandStorage disk = HandStorage.quick();
        World world = World.loading(disk);
        world.source.initial(A, B);
        TransactionHandle handle = world.edit("a", "A2");
        SyncedCollections late = SyncedCollections.builder()
                .storage(disk.afterCrash(disk.log.size()))
                .scheduler(world.time)
                .clock(world.time)
                .executor(world.threads)
                .callbackExecutor(world.threads)
                .build();
        late.start();
        assertThat(late.transactions().orphaned()).containsExactly(handle.id());
        Backend backend = new Backend();
        late.open(SyncConfig.of("todos", Todo.ROWS, new HandSource()).withMutationFn(backend));
        world.run();

        assertThat(late.transactions().orphaned()).isEmpty();
        assertThat(backend.calls).hasSize(1);
    }
}
