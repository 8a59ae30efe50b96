package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.mutation.store.TransactionState;
import io.statesync.policy.NonRetriableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** MUTATIONS 6: snapshots from before a write, several topics, and what a backend returns. */
class FloorTest {

    private static final Todo A = Todo.of("a", "A");
    private static final Todo B = Todo.of("b", "B");

    private final World world = World.with(A, B);

    @Test
    @DisplayName("MU-V3: rows that the backend returned are shown instead, also those that it added")
    void returnedRows() {
        TransactionHandle handle = world.edit("a", "mine");
        world.backend
                .of(handle)
                .answer()
                .complete(PersistResult.none()
                        .withRows("todos", List.of(A.withText("cleaned"), Todo.of("log", "L")))
                        .withRows("unknown", List.of("x")));
        world.run();

        assertThat(world.text("a")).isEqualTo("cleaned");
        assertThat(world.text("log")).isEqualTo("L");
    }

    @Test
    @DisplayName("MU-V3: a snapshot from before the write that lands after it does not show the old row again")
    void theFloor() {
        TransactionHandle handle = world.edit("a", "mine");
        world.ok(handle, 9);
        world.advance(Duration.ofSeconds(10));

        world.source.all(8, A, B.withText("B8"));
        assertThat(world.text("a")).isEqualTo("mine");
        assertThat(world.text("b")).isEqualTo("B8");
        world.source.upsert(8, A.withText("also old"));
        assertThat(world.text("a")).isEqualTo("mine");
        world.source.all(9, A.withText("nine"), B);
        assertThat(world.text("a")).isEqualTo("nine");
        world.source.all(8, A, B);
        assertThat(world.text("a")).isEqualTo("A");
    }

    @Test
    @DisplayName("MU-V3: the floor is over after thirty seconds, so a source that went back is believed in the end")
    void theFloorIsOver() {
        TransactionHandle handle = world.edit("a", "mine");
        world.ok(handle, 9);
        world.advance(Duration.ofSeconds(40));

        world.source.all(8, A, B);
        assertThat(world.text("a")).isEqualTo("A");
    }

    @Test
    @DisplayName(
            "MU-V3, MU-L5: a row from before the write is not held for a later transaction, whose failure would show it")
    void theFloorUnderALock() {
        TransactionHandle first = world.edit("a", "mine");
        world.ok(first, 9);
        world.advance(Duration.ofSeconds(10));
        TransactionHandle second = world.count("a", 2);
        world.source.all(8, A, B);
        world.source.upsert(8, A);
        assertThat(world.todos.rowStatus("a").held()).isFalse();
        world.fail(second, new NonRetriableException("refused"));

        assertThat(world.text("a")).isEqualTo("mine");
    }

    @Test
    @DisplayName("MU-V3: a floor that is over does not come back with a lower one")
    void aFloorThatIsOver() {
        world.ok(world.edit("a", "mine"), 9);
        world.advance(Duration.ofSeconds(60));
        world.ok(world.edit("a", "again"), 5);
        world.advance(Duration.ofSeconds(10));
        world.source.all(4, A, B);
        assertThat(world.text("a")).isEqualTo("again");
        world.source.all(5, A.withText("five"), B);

        assertThat(world.text("a")).isEqualTo("five");
    }

    @Test
    @DisplayName("MU-V3: where only one of two collections is confirmed the effect stays visible in the other one")
    void oneOfTwoTopics() {
        HandSource notes = new HandSource();
        SyncedCollection<String, Todo> other =
                world.collections.open(SyncConfig.of("notes", Todo.ROWS, notes).withTopic("notes-topic"));
        world.run();
        notes.initial(1, Todo.of("n", "N"));
        TransactionHandle both = world.todos.mutate(scope ->
                scope.update("a", row -> row.withText("mine")).on(other).update("n", row -> row.withText("mine")));
        world.run();
        world.ok(both, 5);
        world.source.all(5, A.withText("theirs"), B);

        assertThat(World.state(both)).isEqualTo(TransactionState.COMPLETED);
        assertThat(world.text("a")).isEqualTo("theirs");
        assertThat(other.get("n").text()).isEqualTo("mine");
        assertThat(other.rowStatus("n").provisional()).isTrue();
    }

    @Test
    @DisplayName("MU-S1: over several collections it is completed when the revision of each was received")
    void severalTopics() {
        HandSource notes = new HandSource();
        SyncedCollection<String, Todo> other =
                world.collections.open(SyncConfig.of("notes", Todo.ROWS, notes).withTopic("notes-topic"));
        world.run();
        notes.initial(1, Todo.of("n", "N"));
        TransactionHandle both = world.todos.mutate(scope ->
                scope.update("a", row -> row.withText("mine")).on(other).update("n", row -> row.withText("mine")));
        world.run();
        world.backend
                .last()
                .answer()
                .complete(PersistResult.revisions(Map.of("todos", new Revision(5), "notes-topic", new Revision(6))));
        world.run();

        world.source.all(5, A.withText("theirs"), B);
        assertThat(World.state(both)).isEqualTo(TransactionState.PERSISTED_AWAITING_SYNC);
        assertThat(world.text("a")).isEqualTo("mine");
        notes.all(6, Todo.of("n", "theirs"));
        assertThat(World.state(both)).isEqualTo(TransactionState.COMPLETED);
        assertThat(world.text("a")).isEqualTo("theirs");
        assertThat(other.get("n").text()).isEqualTo("theirs");
    }

    @Test
    @DisplayName("MU-S6: an awaitSync that is still being asked when the time is over does not hold the transaction")
    void awaitSyncHangs() {
        CompletionStage<Void> never = new CompletableFuture<>();
        world.backend.awaitSync = context -> {
            // hangs for longer than the limit, and the timer fires meanwhile
            world.time.advance(Duration.ofSeconds(11), () -> {});
            return Optional.of(never);
        };
        TransactionHandle handle = world.edit("a", "mine");
        world.ok(handle);

        assertThat(World.state(handle)).isEqualTo(TransactionState.COMPLETED);
    }
}
