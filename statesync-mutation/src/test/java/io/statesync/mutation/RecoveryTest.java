package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.TransactionState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** MUTATIONS 1.9: what comes back after the process died. */
class RecoveryTest {

    private static final Todo A = Todo.of("a", "A");
    private static final Todo B = Todo.of("b", "B");

    private final HandStorage disk = HandStorage.quick();
    private final World world = started(disk);

    private static World started(HandStorage storage) {
        World world = World.loading(storage);
        world.source.initial(1, A, B);
        world.run();
        return world;
    }

    private HandStorage crash() {
        return disk.afterCrash(disk.log.size());
    }

    @Test
    @DisplayName("MU-D3: what waited is restored in order with its ids, visible, queued as before, and run")
    void waitingOnesComeBack() {
        TransactionHandle first = world.edit("a", "A2");
        TransactionHandle second = world.edit("a", "A3");
        TransactionHandle third = world.count("a", 7);

        World next = World.loading(crash());

        assertThat(next.collections.transactions().active())
                .extracting(MutationTransaction::id)
                .containsExactly(first.id(), second.id(), third.id());
        assertThat(next.collections.transactions().active().get(2).queuedBehind())
                .isEqualTo(second.id());
        next.source.initial(1, A, B);
        next.run();
        assertThat(next.todos.get("a")).isEqualTo(new Todo("a", "A3", 7));
        for (int i = 0; i < 3; i++) {
            assertThat(next.backend.calls).hasSize(i + 1);
            next.backend.last().ok();
            next.run();
        }
        assertThat(next.backend.calls)
                .extracting(Backend.Sent::id)
                .containsExactly(first.id(), second.id(), third.id());
        assertThat(next.todos.get("a")).isEqualTo(new Todo("a", "A3", 7));
        assertThat(next.edit("b", "later").snapshot().sequence()).isEqualTo(4);
    }

    @Test
    @DisplayName("MU-D4, MU-T5: of what was being persisted the outcome is unknown: at once again, with the same key")
    void persistingOnesAreSentAgain() {
        TransactionHandle handle = world.edit("a", "A2");
        world.fail(handle, new IllegalStateException("once"));
        // it waits for its retry when the process dies; the next life does not
        World next = World.loading(crash());
        assertThat(next.backend.calls).hasSize(1);
        PersistContext context = next.backend.last().context();
        assertThat(context.idempotencyKey()).isEqualTo(handle.snapshot().idempotencyKey());
        assertThat(context.attempt()).isEqualTo(2);
        assertThat(context.transaction().attempts().get(0).error())
                .isInstanceOfSatisfying(
                        RestoredException.class,
                        error -> assertThat(error.type()).isEqualTo(IllegalStateException.class.getName()))
                .hasMessage("once");
    }

    @Test
    @DisplayName("MU-D4: the attempt that was open is closed as interrupted")
    void openAttemptsAreClosed() {
        TransactionHandle handle = world.edit("a", "A2");
        World next = World.loading(crash());

        List<Attempt> attempts =
                next.collections.transactions().find(handle.id()).orElseThrow().attempts();
        assertThat(attempts).extracting(Attempt::interrupted).containsExactly(true, false);
        assertThat(attempts).extracting(Attempt::number).containsExactly(1, 2);
    }

    @Test
    @DisplayName("MU-D5: what had succeeded is completed, without another call, and the fresh snapshot is the truth")
    void acceptedOnesAreDone() {
        TransactionHandle handle = world.edit("a", "A2");
        world.ok(handle, 5);
        assertThat(World.state(handle)).isEqualTo(TransactionState.PERSISTED_AWAITING_SYNC);

        World next = World.loading(crash());
        assertThat(next.collections.transactions().active()).isEmpty();
        assertThat(next.collections
                        .transactions()
                        .find(handle.id())
                        .orElseThrow()
                        .state())
                .isEqualTo(TransactionState.COMPLETED);
        assertThat(next.told(handle)).containsExactly(TransactionState.COMPLETED);
        next.source.initial(5, A.withText("A2 as the server has it"), B);
        next.run();
        assertThat(next.text("a")).isEqualTo("A2 as the server has it");
        assertThat(next.backend.calls).isEmpty();
        assertThat(next.backend.syncs).isEmpty();
    }

    @Test
    @DisplayName(
            "MU-D5: a first snapshot from before the success is not shown, until a newer one comes or ten seconds passed")
    void theFirstSnapshotIsNewEnough() {
        world.ok(world.edit("a", "A2"), 5);

        World next = World.loading(crash());
        next.source.initial(4, A, B);
        next.run();
        assertThat(next.todos.state()).isEqualTo(CollectionState.LOADING);
        assertThat(next.todos.data()).isEmpty();
        assertThat(next.source.refreshes).containsExactly(new Revision(5));
        next.source.all(5, A.withText("A2"), B);
        assertThat(next.todos.state()).isEqualTo(CollectionState.READY);
        assertThat(next.text("a")).isEqualTo("A2");

        World patient = World.loading(crash());
        patient.source.initial(4, A, B);
        patient.advance(Duration.ofSeconds(10));
        assertThat(patient.text("a")).isEqualTo("A");
    }

    @Test
    @DisplayName("MU-D6: terminal ones are history and no more")
    void terminalOnesAreHistory() {
        TransactionHandle done = world.edit("a", "A2");
        world.ok(done);
        TransactionHandle failed = world.edit("b", "B2");
        world.fail(failed, new io.statesync.policy.NonRetriableException("no"));

        World next = started(crash());
        assertThat(next.backend.calls).isEmpty();
        assertThat(next.todos.data()).isEqualTo(Map.of("a", A, "b", B));
        MutationTransaction former =
                next.collections.transactions().find(failed.id()).orElseThrow();
        assertThat(former.error().message()).isEqualTo("no");
        assertThat(former.mutations().get(0).modified()).isEqualTo(B.withText("B2"));
        assertThat(next.collections.transactions().history(Query.ALL)).hasSize(2);
    }

    @Test
    @DisplayName("MU-D7: interruptions do not count as attempts, but three crashes in a row fail it")
    void crashesInARow() {
        TransactionHandle handle = world.edit("a", "A2");
        HandStorage last = crash();
        for (int crash = 1; crash <= 2; crash++) {
            World again = World.loading(last);
            assertThat(again.backend.calls).hasSize(1);
        }
        World third = World.loading(last);
        third.run();

        assertThat(third.backend.calls).isEmpty();
        MutationTransaction ended =
                third.collections.transactions().find(handle.id()).orElseThrow();
        assertThat(ended.state()).isEqualTo(TransactionState.FAILED);
        assertThat(ended.error().error()).isInstanceOf(InterruptedTooOftenException.class);

        // an orderly end is no crash
        HandStorage orderly = crash();
        for (int end = 0; end < 5; end++) {
            World life = World.loading(orderly);
            assertThat(life.backend.calls).hasSize(1);
            life.collections.close();
            assertThat(orderly.closed).isTrue();
        }
    }

    @Test
    @DisplayName("MU-D7, MU-O7: with one that was interrupted too often those fail that are queued behind it")
    void crashesInARowWithFollowers() {
        TransactionHandle handle = world.edit("a", "A2");
        TransactionHandle follower = world.edit("a", "A3");
        HandStorage last = crash();
        for (int crash = 1; crash <= 2; crash++) {
            World.loading(last);
        }
        World third = World.loading(last);
        third.run();

        assertThat(third.backend.calls).isEmpty();
        MutationTransaction ended =
                third.collections.transactions().find(follower.id()).orElseThrow();
        assertThat(ended.state()).isEqualTo(TransactionState.FAILED);
        assertThat(ended.error().transactionId()).isEqualTo(handle.id());
    }

    @Test
    @DisplayName("MU-D9: each is taken up once per start, whatever is opened or started again")
    void onceOnly() {
        world.edit("a", "A2");
        World next = World.loading(crash());
        next.collections.start();
        next.collections.open(SyncConfig.of("other", Todo.ROWS, new HandSource()));
        next.run();

        assertThat(next.backend.calls).hasSize(1);
        assertThat(next.collections.transactions().active()).hasSize(1);
    }

    @Test
    @DisplayName("MU-D12: cut off at any record a transaction is there wholly, or not at all, and the work can go on")
    void cutOffAnywhere() {
        TransactionHandle first = world.todos.mutate(
                scope -> scope.update("a", row -> row.withText("1")).update("b", row -> row.withText("1")));
        world.run();
        TransactionHandle second = world.edit("a", "2");
        world.fail(first, new IllegalStateException("again"));
        world.advance(Duration.ofSeconds(1));
        world.ok(first, 5);
        world.source.all(5, A.withText("1"), B.withText("1"));
        world.run();
        world.ok(second);

        for (int records = 0; records <= disk.log.size(); records++) {
            World next = World.loading(disk.afterCrash(records));
            next.source.initial(5, A.withText("1"), B.withText("1"));
            next.run();
            for (MutationTransaction active : next.collections.transactions().active()) {
                assertThat(active.mutations()).hasSize(active.id().equals(first.id()) ? 2 : 1);
            }
            for (int round = 0; round < 2 && !next.backend.calls.isEmpty(); round++) {
                next.backend.last().answer().complete(PersistResult.none());
                next.run();
            }
            assertThat(next.collections.transactions().active())
                    .as("after %s records", records)
                    .isEmpty();
            boolean secondKnown = disk.log.subList(0, records).stream()
                    .anyMatch(event -> event instanceof StoreEvent.Created created
                            && created.transaction().id().equals(second.id()));
            boolean secondDone = disk.log.subList(0, records).stream()
                    .anyMatch(event -> event instanceof StoreEvent.Persisted persisted
                            && persisted.transactionId().equals(second.id()));
            assertThat(next.text("a")).isEqualTo(secondKnown && !secondDone ? "2" : "1");
        }
    }
}
