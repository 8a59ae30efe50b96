package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.StrategyType;
import io.statesync.mutation.store.TransactionState;
import io.statesync.policy.NonRetriableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** MUTATIONS 1.3: what a transaction is. */
class TransactionTest {

    private static final Todo A = Todo.of("a", "A");
    private static final Todo B = Todo.of("b", "B");

    private final World world = World.with(A, B);

    @Test
    @DisplayName("MU-T1: late callbacks change nothing in a terminal state")
    void terminalStatesAbsorb() {
        TransactionHandle handle = world.edit("a", "A2");
        Backend.Sent sent = world.backend.of(handle);
        world.advance(Duration.ofMinutes(1));
        TransactionHandle cancelled = world.edit("b", "B2");
        world.advance(Duration.ofMinutes(10));
        assertThat(World.state(handle)).isEqualTo(TransactionState.FAILED);
        MutationTransaction ended = handle.snapshot();

        sent.ok();
        world.run();

        assertThat(handle.snapshot()).isSameAs(ended);
        assertThat(handle.cancel()).isFalse();
        assertThat(cancelled.snapshot().state()).isEqualTo(TransactionState.FAILED);
    }

    @Test
    @DisplayName("MU-T2, MC-02: a new transaction is PENDING, without attempts, and stored")
    void aNewTransaction() {
        TransactionHandle handle = world.todos.update("a", row -> row.withText("A2"));

        MutationTransaction now = handle.snapshot();
        assertThat(now.id()).isEqualTo(handle.id()).isEqualTo(now.idempotencyKey());
        assertThat(now.state()).isEqualTo(TransactionState.PENDING);
        assertThat(now.sequence()).isEqualTo(1);
        assertThat(now.attempts()).isEmpty();
        assertThat(now.currentAttempt()).isZero();
        assertThat(now.queuedBehind()).isNull();
        assertThat(now.error()).isNull();
        assertThat(now.collection()).isEqualTo("todos");
        assertThat(now.mutationFn()).isEqualTo(SyncConfig.DEFAULT_FN);
        assertThat(now.persistedRevisions()).isEmpty();
        assertThat(now.syncConfirmed()).isFalse();
        world.run();
        assertThat(handle.durable().toCompletableFuture()).isNotCompletedExceptionally();
        assertThat(world.collections.transactions().find(handle.id())).contains(handle.snapshot());
    }

    @Test
    @DisplayName("MU-T2, MC-02: it is stored with all that it has, before it is sent")
    void aNewTransactionIsStored() {
        HandStorage disk = HandStorage.slow();
        World slow = World.loading(disk);
        slow.source.initial(A, B);
        TransactionHandle handle = slow.todos.update(
                "a",
                row -> row.withText("A2"),
                MutationOption.metadata(Map.of("by", "me")),
                MutationOption.lane(Lane.COLLECTION));
        slow.run();

        StoredTransaction stored = disk.byId().get(handle.id());
        assertThat(slow.backend.calls).isEmpty();
        assertThat(disk.kinds().get(0)).isEqualTo("Created");
        StoredTransaction created = ((StoreEvent.Created) disk.log.get(0)).transaction();
        assertThat(created.state()).isEqualTo(TransactionState.PENDING);
        assertThat(created.attempts()).isEmpty();
        assertThat(stored.sequence()).isEqualTo(handle.snapshot().sequence());
        assertThat(stored.strategy()).isEqualTo(StrategyType.ORDERED);
        assertThat(stored.lanes()).containsExactly("todos");
        assertThat(stored.mutationFn()).isEqualTo(SyncConfig.DEFAULT_FN);
        assertThat(stored.idempotencyKey()).isEqualTo(handle.snapshot().idempotencyKey());
        assertThat(stored.mutations().get(0).metadata()).isEqualTo(Map.of("by", "me"));
        assertThat(stored.mutations().get(0).modified().live()).isEqualTo(A.withText("A2"));
    }

    @Test
    @DisplayName(
            "MU-T3, MC-03: the date of change grows with each transition, by a millisecond where the clock stands still")
    void datesGrow() {
        TransactionHandle handle = world.todos.update("a", row -> row.withText("A2"));
        Instant created = handle.snapshot().updatedAt();
        world.run();
        assertThat(handle.snapshot().updatedAt()).isEqualTo(created.plusMillis(1));
        world.ok(handle, 3);
        Instant accepted = handle.snapshot().updatedAt();
        assertThat(accepted).isAfter(created.plusMillis(1));
        world.time.advance(Duration.ofSeconds(3), world::run);
        world.source.all(3, A, B);
        assertThat(handle.snapshot().updatedAt()).isEqualTo(created.plusSeconds(3));
        assertThat(handle.snapshot().createdAt()).isEqualTo(created);
    }

    @Test
    @DisplayName("MC-03: an unknown id is answered")
    void unknownId() {
        assertThat(world.collections.transactions().find("nobody")).isEmpty();
        assertThat(world.collections.transactions().handle("nobody")).isEmpty();
        assertThatThrownBy(() -> world.collections.transactions().resubmit("nobody"))
                .hasMessageContaining("no failed transaction nobody");
    }

    @Test
    @DisplayName("MU-T4: one call covers the whole transaction, and it is rolled back as one")
    void allOrNothing() {
        TransactionHandle both = world.todos.mutate(
                scope -> scope.update("a", row -> row.withText("A2")).delete("b"));
        world.run();
        assertThat(world.backend.calls).hasSize(1);
        assertThat(world.backend.last().context().changes()).hasSize(2);

        world.fail(both, new NonRetriableException("no"));

        assertThat(world.todos.data()).isEqualTo(Map.of("a", A, "b", B));
    }

    @Test
    @DisplayName("MU-T5: persist gets the changes by row in order, the attempt, and one key for all attempts")
    void whatPersistGets() {
        world.source.all(9, A, B);
        TransactionHandle handle = world.todos.mutate(
                scope -> scope.update("b", row -> row.withText("B2")).update("a", row -> row.withCount(4)));
        world.run();

        PersistContext first = world.backend.last().context();
        assertThat(List.copyOf(first.changes().keySet())).containsExactly(new Ref("todos", "b"), new Ref("todos", "a"));
        assertThat(first.changes().get(new Ref("todos", "a"))).isEqualTo(Map.of("count", 4));
        assertThat(first.attempt()).isEqualTo(1);
        assertThat(first.baseRow(new Ref("todos", "a"))).isEqualTo(A);
        assertThat(first.baseRow(new Ref("nowhere", "a"))).isNull();
        assertThat(first.baseRevision("todos")).isEqualTo(new Revision(9));
        assertThat(first.baseRevision("nowhere")).isNull();

        world.fail(handle, new IllegalStateException("again"));
        world.advance(Duration.ofSeconds(1));
        PersistContext second = world.backend.last().context();
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.idempotencyKey()).isEqualTo(first.idempotencyKey());
        assertThat(first.transaction().attempts()).hasSize(1);
        assertThatThrownBy(() -> second.changes().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @DisplayName("MU-T6: each transition is told once, in order")
    void transitionsAreTold() {
        TransactionHandle first = world.edit("a", "A2");
        TransactionHandle second = world.edit("a", "A3");
        world.fail(first, new IllegalStateException("again"));
        world.advance(Duration.ofSeconds(1));
        world.ok(first, 3);
        world.source.all(3, A.withText("A2"), B);
        world.run();
        world.ok(second);

        assertThat(world.told(first))
                .containsExactly(
                        TransactionState.PENDING,
                        TransactionState.PERSISTING,
                        TransactionState.PERSISTING,
                        TransactionState.PERSISTED_AWAITING_SYNC,
                        TransactionState.COMPLETED);
        assertThat(world.told(second))
                .containsExactly(
                        TransactionState.QUEUED,
                        TransactionState.PENDING,
                        TransactionState.PERSISTING,
                        TransactionState.COMPLETED);
    }
}
