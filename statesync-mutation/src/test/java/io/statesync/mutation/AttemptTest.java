package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.mutation.store.TransactionState;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** MUTATIONS 1.7 and A18: attempts that hang, wait, are refused or taken back. */
class AttemptTest {

    private static final Todo A = Todo.of("a", "A");

    private final World world = World.with(A, Todo.of("b", "B"));

    @Test
    @DisplayName("MU-R9: an attempt that hangs ends by its time-out, and its late answer is ignored")
    void hangingAttempts() {
        TransactionHandle handle = world.edit("a", "A2");
        Backend.Sent hanging = world.backend.last();
        world.advance(Duration.ofSeconds(60));
        assertThat(handle.snapshot().attempts().get(0).error()).isInstanceOf(AttemptTimeoutException.class);
        world.advance(Duration.ofSeconds(1));
        assertThat(world.backend.calls).hasSize(2);

        hanging.ok();
        world.run();
        assertThat(World.state(handle)).isEqualTo(TransactionState.PERSISTING);
        assertThat(world.stale).hasSize(1);
        world.ok(handle);
        assertThat(World.state(handle)).isEqualTo(TransactionState.COMPLETED);

        World patient = World.with(settings -> settings.attemptTimeout(Duration.ZERO), config -> config, A);
        patient.edit("a", "A2");
        assertThat(patient.time.timers()).isEmpty();
    }

    @Test
    @DisplayName("MU-R10: while the backend cannot be reached no attempt begins, and none is used up")
    void connectivity() {
        class Gate implements ConnectivityGate {
            boolean open;
            Runnable opened = () -> {};

            @Override
            public boolean open() {
                return open;
            }

            @Override
            public void onOpen(Runnable then) {
                opened = then;
            }
        }
        Gate gate = new Gate();
        World offline = World.with(settings -> settings.connectivity(gate), config -> config, A);
        TransactionHandle handle = offline.edit("a", "A2");
        offline.advance(Duration.ofHours(1));
        assertThat(handle.snapshot().attempts()).isEmpty();
        assertThat(World.state(handle)).isEqualTo(TransactionState.PENDING);

        gate.open = true;
        gate.opened.run();
        offline.run();
        assertThat(offline.backend.calls).hasSize(1);
        assertThat(handle.snapshot().currentAttempt()).isEqualTo(1);
    }

    @Test
    @DisplayName("MU-R11: an end of the process costs the attempt that runs nothing")
    void shutdown() {
        TransactionHandle handle = world.edit("a", "A2");

        world.collections.close();
        world.run();

        assertThat(World.state(handle)).isEqualTo(TransactionState.PERSISTING);
        assertThat(handle.snapshot().attempts().get(0).interrupted()).isTrue();
        assertThatThrownBy(() -> world.todos.delete("a")).hasMessageContaining("closed");
        world.backend.last().ok();
        world.run();
        assertThat(World.state(handle)).isEqualTo(TransactionState.PERSISTING);
    }

    @Test
    @DisplayName("MU-R12: an error of the VM is not tried again")
    void virtualMachineErrors() {
        TransactionHandle handle = world.edit("a", "A2");
        world.fail(handle, new StackOverflowError("deep"));

        assertThat(World.state(handle)).isEqualTo(TransactionState.FAILED);
        assertThat(world.backend.calls).hasSize(1);
    }

    @Test
    @DisplayName("MU-R2: an executor that has no thread costs no attempt")
    void refusedByTheExecutor() {
        TransactionHandle handle = world.todos.update("a", row -> row.withText("A2"));
        world.run();
        world.ok(handle);
        world.threads.refusing = true;
        TransactionHandle second = world.todos.update("b", row -> row.withText("B2"));
        assertThat(World.state(second)).isEqualTo(TransactionState.PENDING);
        world.threads.refusing = false;
        world.advance(Duration.ofSeconds(1));

        assertThat(second.snapshot().currentAttempt()).isEqualTo(1);
        assertThat(world.errors(SyncPhase.PERSIST))
                .extracting(SyncErrorContext::attempt)
                .contains(0);
    }

    @Test
    @DisplayName("MU-T1: cancel is possible before the first attempt and between two, else it says no")
    void cancel() {
        TransactionHandle early = world.todos.update("a", row -> row.withText("A2"));
        assertThat(early.cancel()).isTrue();
        world.run();
        assertThat(world.backend.calls).isEmpty();
        assertThat(early.snapshot().error().error()).isInstanceOf(CancellationException.class);

        TransactionHandle running = world.edit("a", "A3");
        assertThat(running.cancel()).isFalse();
        world.fail(running, new IllegalStateException("no"));
        assertThat(running.cancel()).isTrue();
        world.advance(Duration.ofMinutes(1));
        assertThat(world.backend.calls).hasSize(1);
        assertThat(World.state(running)).isEqualTo(TransactionState.FAILED);

        TransactionHandle accepted = world.edit("a", "A4");
        world.ok(accepted, 9);
        assertThat(accepted.cancel()).isFalse();
        assertThat(world.text("a")).isEqualTo("A4");
    }

    @Test
    @DisplayName("MU-R11: after the end nothing is stored any more, whatever a timer, a caller or a stage says")
    void nothingAfterTheEnd() {
        HandStorage disk = HandStorage.quick();
        World closing = World.loading(disk);
        closing.source.initial(A, Todo.of("b", "B"));
        java.util.concurrent.CompletableFuture<Void> own = new java.util.concurrent.CompletableFuture<>();
        closing.backend.awaitSync = context -> java.util.Optional.of(own);
        TransactionHandle awaiting = closing.edit("a", "A2");
        closing.ok(awaiting);
        TransactionHandle waiting = closing.edit("b", "B2");
        closing.fail(waiting, new IllegalStateException("no"));
        closing.collections.close();
        int records = disk.log.size();

        own.complete(null);
        closing.source.all(Todo.of("c", "C"));
        assertThat(waiting.cancel()).isFalse();
        closing.advance(Duration.ofMinutes(5));

        assertThat(disk.log).hasSize(records);
        assertThat(World.state(awaiting)).isEqualTo(TransactionState.PERSISTED_AWAITING_SYNC);
        assertThat(World.state(waiting)).isEqualTo(TransactionState.PERSISTING);
    }
}
