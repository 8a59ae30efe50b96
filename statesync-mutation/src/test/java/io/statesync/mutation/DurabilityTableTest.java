package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.mutation.store.TransactionState;
import io.statesync.policy.NonRetriableException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The table of MUTATIONS 5, row by row: the process dies just before, and just after, a record is on disk. */
class DurabilityTableTest {

    private static final Todo A = Todo.of("a", "A");

    private final HandStorage disk = HandStorage.quick();
    private final World world = life(disk);

    private static World life(HandStorage storage) {
        World life = World.loading(storage);
        life.source.initial(A, Todo.of("b", "B"));
        life.run();
        return life;
    }

    /** The next life of a process that died with all records before this one on disk, or with this one, too. */
    private World died(String record, boolean with) {
        int place = disk.kinds().lastIndexOf(record);
        assertThat(place).as(record).isNotNegative();
        return life(disk.afterCrash(place + (with ? 1 : 0)));
    }

    private static MutationTransaction found(World life, TransactionHandle handle) {
        return life.collections.transactions().find(handle.id()).orElseThrow();
    }

    @Test
    @DisplayName("MU-D1, MU-D3: CREATED: before, it is lost, and was never sent; after, it is restored and sent")
    void created() {
        TransactionHandle handle = world.edit("a", "A2");

        World before = died("Created", false);
        assertThat(before.collections.transactions().find(handle.id())).isEmpty();
        assertThat(before.backend.calls).isEmpty();
        assertThat(before.text("a")).isEqualTo("A");
        World after = died("Created", true);
        assertThat(after.text("a")).isEqualTo("A2");
        assertThat(after.backend.last().id()).isEqualTo(handle.id());
        assertThat(after.backend.last().context().attempt()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "MU-R1, MU-D4, MU-D7: ATTEMPT_STARTED: before, nothing was sent; after, it is sent again, and that counts")
    void attemptStarted() {
        TransactionHandle handle = world.edit("a", "A2");

        World before = died("AttemptStarted", false);
        assertThat(before.backend.last().context().transaction().attempts()).hasSize(1);
        World after = died("AttemptStarted", true);
        assertThat(after.backend.last().context().idempotencyKey())
                .isEqualTo(handle.snapshot().idempotencyKey());
        assertThat(after.backend.last().context().attempt()).isEqualTo(2);
        Attempt interrupted =
                after.backend.last().context().transaction().attempts().get(0);
        assertThat(interrupted.interrupted()).isTrue();
        assertThat(interrupted.completedAt()).isNull();
    }

    @Test
    @DisplayName("MU-D4: ATTEMPT_FAILED, lazy: before, the attempt appears interrupted; after, its error is known")
    void attemptFailed() {
        TransactionHandle handle = world.edit("a", "A2");
        world.fail(handle, new IllegalStateException("no route"));

        Attempt before = died("AttemptFailed", false)
                .backend
                .last()
                .context()
                .transaction()
                .attempts()
                .get(0);
        assertThat(before.interrupted()).isTrue();
        assertThat(before.error()).isNull();
        World after = died("AttemptFailed", true);
        Attempt known = after.backend.last().context().transaction().attempts().get(0);
        assertThat(known.interrupted()).isFalse();
        assertThat(known.error()).hasMessage("no route");
        assertThat(after.backend.last().context().attempt())
                .as("at once, with no leftover of the back-off")
                .isEqualTo(2);
    }

    @Test
    @DisplayName("MU-D4, MU-D5, MU-D8: PERSISTED: before, it is sent once more with its key; after, it is done")
    void persisted() {
        TransactionHandle handle = world.edit("a", "A2");
        TransactionHandle behind = world.edit("a", "A3");
        world.ok(handle);

        World before = died("Persisted", false);
        assertThat(before.backend.calls).hasSize(1);
        assertThat(before.backend.last().id()).isEqualTo(handle.id());
        assertThat(before.backend.last().context().idempotencyKey())
                .isEqualTo(handle.snapshot().idempotencyKey());
        World after = died("Persisted", true);
        assertThat(after.backend.calls).hasSize(1);
        assertThat(after.backend.last().id()).isEqualTo(behind.id());
        assertThat(found(after, handle).state()).isEqualTo(TransactionState.COMPLETED);
    }

    @Test
    @DisplayName("MU-D5, MU-D6: COMPLETED, lazy: before, it is found done by its PERSISTED; after, it is history")
    void completed() {
        TransactionHandle handle = world.edit("a", "A2");
        world.ok(handle, 9);
        world.source.all(9, A.withText("A2"), Todo.of("b", "B"));
        world.run();
        assertThat(handle.completed().toCompletableFuture()).isCompleted();

        for (boolean with : new boolean[] {false, true}) {
            World next = died("Completed", with);
            assertThat(next.backend.calls).isEmpty();
            assertThat(next.collections.transactions().active()).isEmpty();
            assertThat(found(next, handle).state()).isEqualTo(TransactionState.COMPLETED);
        }
    }

    @Test
    @DisplayName("MU-O7, MU-D6: FAILED: before, all of it is tried once more; after, nothing is sent, whole or in part")
    void failed() {
        TransactionHandle handle = world.edit("a", "A2");
        TransactionHandle behind = world.edit("a", "A3");
        world.fail(handle, new NonRetriableException("no"));

        World before = died("Failed", false);
        assertThat(before.backend.last().id()).isEqualTo(handle.id());
        assertThat(before.text("a")).isEqualTo("A3");
        World after = died("Failed", true);
        after.advance(Duration.ofHours(1));
        assertThat(after.backend.calls).isEmpty();
        assertThat(after.text("a")).isEqualTo("A");
        assertThat(found(after, handle).state()).isEqualTo(TransactionState.FAILED);
        assertThat(found(after, behind).error().transactionId()).isEqualTo(handle.id());
    }
}
