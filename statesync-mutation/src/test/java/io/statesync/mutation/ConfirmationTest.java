package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.SyncPhase;
import io.statesync.mutation.store.TransactionState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** MUTATIONS 1.8 and 6: the optimistic view, and its confirmation by sync. */
class ConfirmationTest {

    private static final Todo A = Todo.of("a", "A");
    private static final Todo B = Todo.of("b", "B");

    private final World world = World.with(A, B);

    @Test
    @DisplayName("MU-V1, MC-16: the effect is there from the call to the sync, without a gap")
    void untilSynced() {
        TransactionHandle handle = world.todos.insert(Todo.of("c", "C"));
        assertThat(world.text("c")).isEqualTo("C");
        assertThat(world.todos.rowStatus("c").pending()).hasSize(1);
        world.run();
        PersistContext seen = world.backend.last().context();
        assertThat(seen.transaction().state()).isEqualTo(TransactionState.PERSISTING);
        assertThat(seen.changes().get(new Ref("todos", "c"))).containsEntry("text", "C");

        world.ok(handle, 5);
        world.source.all(4, A, B);
        assertThat(world.text("c")).isEqualTo("C");
        world.source.all(5, A, B, Todo.of("c", "C"));

        assertThat(World.state(handle)).isEqualTo(TransactionState.COMPLETED);
        assertThat(handle.snapshot().syncConfirmed()).isTrue();
        assertThat(world.todos.rowStatus("c").pending()).isEmpty();
        assertThat(world.text("c")).isEqualTo("C");
    }

    @Test
    @DisplayName("MU-V2: the middle one of three edits of different fields fails alone")
    void onlyTheFieldsOfTheFailedOne() {
        RowModel<String, Map<String, Object>> maps = RowModel.ofMap("id");
        CompletableFuture<SyncedRows<Map<String, Object>>> rows =
                CompletableFuture.completedFuture(SyncedRows.of(List.of(Map.of("id", "m", "a", 1, "b", 1, "c", 1))));
        SyncedCollection<String, Map<String, Object>> collection =
                world.collections.open(SyncConfig.of("maps", maps, sink -> rows)
                        .withMutationFn(world.backend)
                        .withStrategy(MutationStrategy.PARALLEL));
        world.run();
        collection.update("m", row -> maps.patch(row, Map.of("a", 2)));
        TransactionHandle middle = collection.update("m", row -> maps.patch(row, Map.of("b", 2)));
        collection.update("m", row -> maps.patch(row, Map.of("c", 2)));
        world.run();

        world.fail(middle, new io.statesync.policy.NonRetriableException("no"));

        assertThat(collection.get("m")).isEqualTo(Map.of("id", "m", "a", 2, "b", 1, "c", 2));
    }

    @Test
    @DisplayName("MU-V3: without confirmation the effect stays, as provisional, until sync brings a newer row")
    void provisional() {
        TransactionHandle handle = world.edit("a", "mine");
        world.ok(handle);

        assertThat(World.state(handle)).isEqualTo(TransactionState.COMPLETED);
        assertThat(handle.snapshot().syncConfirmed()).isFalse();
        assertThat(world.text("a")).isEqualTo("mine");
        assertThat(world.todos.rowStatus("a").provisional()).isTrue();

        world.source.all(A.withText("theirs"), B);
        assertThat(world.text("a")).isEqualTo("theirs");
        assertThat(world.todos.rowStatus("a").provisional()).isFalse();
    }

    @Test
    @DisplayName(
            "MU-S1: an await is due for a revision that was not received, or by awaitSync, else it is completed at once")
    void whenAnAwaitIsDue() {
        world.source.all(7, A, B);
        TransactionHandle known = world.edit("a", "1");
        world.ok(known, 6);
        assertThat(World.state(known)).isEqualTo(TransactionState.COMPLETED);
        assertThat(known.snapshot().syncConfirmed()).isTrue();

        TransactionHandle unknown = world.edit("b", "2");
        world.ok(unknown, 8);
        assertThat(World.state(unknown)).isEqualTo(TransactionState.PERSISTED_AWAITING_SYNC);
        assertThat(world.source.refreshes).containsExactly(new Revision(8));
        assertThat(unknown.snapshot().persistedRevisions()).isEqualTo(Map.of("todos", new Revision(8)));

        CompletableFuture<Void> own = new CompletableFuture<>();
        world.backend.awaitSync = context -> Optional.of(own);
        TransactionHandle asked = world.edit("a", "3");
        world.ok(asked);
        assertThat(World.state(asked)).isEqualTo(TransactionState.PERSISTED_AWAITING_SYNC);
        own.complete(null);
        assertThat(World.state(asked)).isEqualTo(TransactionState.COMPLETED);
        assertThat(asked.snapshot().syncConfirmed()).isTrue();
    }

    @Test
    @DisplayName("MU-S2: awaitSync gets changes, transaction, result and what sync received")
    void whatAwaitSyncGets() {
        world.source.all(3, A, B);
        world.backend.awaitSync = context -> {
            context.sync().refresh();
            return Optional.of(context.sync().await(new Revision(4)));
        };
        TransactionHandle handle = world.edit("a", "mine");
        world.backend.last().answer().complete(PersistResult.none().withRows("todos", List.of()));
        world.run();

        SyncContext context = world.backend.syncs.get(0);
        assertThat(context.changes()).containsEntry(new Ref("todos", "a"), Map.of("text", "mine"));
        assertThat(context.transaction().id()).isEqualTo(handle.id());
        assertThat(context.result().rows()).containsKey("todos");
        assertThat(context.sync().receivedRevision()).isEqualTo(new Revision(3));
        assertThat(world.source.refreshes).containsExactly(null, new Revision(4));
        assertThat(context.sync().await(new Revision(2)).toCompletableFuture()).isCompleted();

        world.source.all(4, A, B);
        assertThat(World.state(handle)).isEqualTo(TransactionState.COMPLETED);
        assertThat(world.text("a")).isEqualTo("A");
    }

    @Test
    @DisplayName("MU-S3: whoever awaits sync holds no place and no other transaction up")
    void awaitingHoldsNothingUp() {
        World narrow = World.with(settings -> settings.maxConcurrentPersists(1), config -> config, A, B);
        narrow.ok(narrow.edit("a", "mine"), 9);
        TransactionHandle other = narrow.edit("b", "B2");

        narrow.ok(other);
        assertThat(World.state(other)).isEqualTo(TransactionState.COMPLETED);
    }

    @Test
    @DisplayName("MU-S4: after a success persist is never called again, whatever sync does")
    void neverAgain() {
        TransactionHandle handle = world.edit("a", "mine");
        world.ok(handle, 9);
        world.advance(Duration.ofHours(1));

        assertThat(world.backend.callsOf(handle)).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "MU-S5: the snapshot that confirms, and the end of the optimism, are one publication, for all that it confirms")
    void oneStep() {
        TransactionHandle a = world.edit("a", "mine");
        TransactionHandle b = world.edit("b", "mine");
        world.ok(a, 5);
        world.ok(b, 6);
        long before = world.publications();

        world.source.all(6, A.withText("theirs"), B.withText("theirs"));

        assertThat(world.publications()).isEqualTo(before + 1);
        assertThat(List.of(a, b)).extracting(World::state).containsOnly(TransactionState.COMPLETED);
        assertThat(world.text("a")).isEqualTo("theirs");
    }

    @Test
    @DisplayName(
            "MU-S6, MC-11: not confirmed in time it is completed, its effect stays, that is reported, and one refresh asked for")
    void notConfirmed() {
        world.source.all(3, A, B);
        TransactionHandle handle = world.edit("a", "mine");
        world.ok(handle, 9);
        world.source.refreshes.clear();
        world.advance(Duration.ofSeconds(10));

        assertThat(World.state(handle)).isEqualTo(TransactionState.COMPLETED);
        assertThat(handle.snapshot().syncConfirmed()).isFalse();
        assertThat(world.text("a")).isEqualTo("mine");
        assertThat(world.source.refreshes).containsExactly((Revision) null);
        assertThat(world.errors(SyncPhase.AWAIT_SYNC)).singleElement().satisfies(error -> {
            assertThat(error.localRevision()).isEqualTo(new Revision(3));
            assertThat(error.eventRevision()).isEqualTo(new Revision(9));
            assertThat(error.error()).hasMessageContaining("is at 3, awaited was 9");
        });
    }

    @Test
    @DisplayName(
            "MU-S6, MC-11: an awaitSync that fails or throws, using what persist returned, completes it unconfirmed")
    void awaitSyncFails() {
        world.backend.awaitSync = context -> Optional.of(CompletableFuture.failedStage(new IllegalStateException(
                "not at " + context.result().revision().get(0))));
        TransactionHandle failing = world.edit("a", "mine");
        world.ok(failing, 9);
        world.backend.awaitSync = context -> {
            throw new IllegalStateException("thrown");
        };
        TransactionHandle throwing = world.edit("b", "mine");
        world.ok(throwing, 9);

        assertThat(List.of(failing, throwing)).extracting(World::state).containsOnly(TransactionState.COMPLETED);
        assertThat(world.errors(SyncPhase.AWAIT_SYNC))
                .extracting(error -> error.error().getMessage())
                .containsExactly("not at 9", "thrown");
    }

    @Test
    @DisplayName("MU-S6, MC-11: by policy it fails instead, with the reason")
    void failsByPolicy() {
        World strict = World.with(settings -> settings.awaitSyncFailure(AwaitSyncFailure.FAIL), config -> config, A, B);
        TransactionHandle handle = strict.edit("a", "mine");
        strict.ok(handle, 9);
        strict.advance(Duration.ofSeconds(10));

        assertThat(World.state(handle)).isEqualTo(TransactionState.FAILED);
        assertThat(handle.snapshot().error().message()).contains("not confirmed by sync within PT10S", "awaited was 9");
        assertThat(handle.snapshot().error().transactionId()).isNull();
        assertThat(strict.text("a")).isEqualTo("A");
        assertThat(handle.persisted().toCompletableFuture()).isCompleted();
        assertThat(handle.completed().toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    @DisplayName("MU-S7: what changed nothing is confirmed by its revision, though no row of it comes")
    void confirmedWithoutARow() {
        TransactionHandle handle = world.edit("a", "mine");
        world.ok(handle, 5);

        world.source.upsert(5, B.withText("other"));

        assertThat(World.state(handle)).isEqualTo(TransactionState.COMPLETED);
        assertThat(handle.snapshot().syncConfirmed()).isTrue();
        assertThat(world.text("a")).isEqualTo("A");
    }
}
