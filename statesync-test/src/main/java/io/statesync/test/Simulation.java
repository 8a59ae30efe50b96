package io.statesync.test;

import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time for code that blocks. A provider that takes 200 ms really blocks its thread, and can be interrupted, but
 * the clock is moved by hand: as soon as nobody can go on, it jumps to the next timer.
 *
 * <p>Each task that is handed to this executor gets a thread, and exactly one thread moves at any moment: the test's own
 * (the driver), or the one task to which the driver gave the turn, until that task ends or pauses in {@link #sleep} or
 * {@link #await(CompletableFuture)}. Timers run on the driver. So a run depends on nothing but its inputs: it can be
 * repeated exactly, takes microseconds for a virtual minute, and has no race. What it does not show are races; real
 * threads are the business of {@link ConvergenceScenarios}.
 *
 * <p>The driver must not block (no {@code join()}): it uses {@link #complete}, {@link #run} and {@link #until}.
 */
public final class Simulation implements Executor, AutoCloseable {

    private final ManualScheduler clock = new ManualScheduler();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "statesync-simulated");
        thread.setDaemon(true);
        return thread;
    });

    /** Tasks that may go on, in order. */
    private final Queue<SimulatedTask> ready = new ConcurrentLinkedQueue<>();

    /* Touched only by the thread that has the turn; handing the turn over publishes them. */
    private final List<SimulatedTask> pausing = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private @Nullable SimulatedTask current;
    private boolean closed;

    private final Scheduler scheduler = new Scheduler() {
        @Override
        public long now() {
            return clock.now();
        }

        @Override
        public Timer schedule(Runnable task, Duration delay) {
            return clock.schedule(task, delay);
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            Simulation.this.sleep(time);
        }
    };

    /** The clock; timers run on the driver. A task that sleeps by it pauses in the simulation. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /** Puts the task behind those that are ready; it runs when the driver lets time pass. */
    @Override
    public void execute(Runnable task) {
        ready.add(new SimulatedTask(task, threads));
    }

    /**
     * Blocks the calling task for this virtual time.
     *
     * @throws InterruptedException if its thread was interrupted meanwhile
     */
    public void sleep(Duration time) throws InterruptedException {
        if (time.isZero()) {
            return;
        }
        CompletableFuture<Void> elapsed = new CompletableFuture<>();
        Scheduler.Timer timer = clock.schedule(() -> elapsed.complete(null), time);
        try {
            await(elapsed);
        } finally {
            timer.cancel();
        }
    }

    /**
     * Blocks the calling task until the event has happened.
     *
     * @throws InterruptedException if its thread was interrupted meanwhile, or the simulation closed
     */
    public void await(CompletableFuture<?> event) throws InterruptedException {
        SimulatedTask me = caller();
        while (!event.isDone()) {
            pause(me, event);
            if (closed || me.takeInterrupt()) {
                throw new InterruptedException("interrupted at virtual time " + clock.now() + " ns");
            }
        }
    }

    /**
     * {@link #await(CompletableFuture)} deaf to interrupts, like a read of a socket.
     *
     * @throws InterruptedException if the simulation closed
     */
    public void awaitDeaf(CompletableFuture<?> event) throws InterruptedException {
        SimulatedTask me = caller();
        boolean interrupted = false;
        while (!event.isDone()) {
            pause(me, event);
            if (closed) {
                throw new InterruptedException("the simulation is closed");
            }
            interrupted |= me.takeInterrupt();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets this much time pass, and everything happen that happens in it. */
    public void run(Duration time) {
        long end = clock.now() + time.toNanos();
        settle();
        for (Duration next = clock.untilNext(); next != null; next = clock.untilNext()) {
            if (clock.now() + next.toNanos() - end > 0) {
                break;
            }
            clock.advance(next);
            settle();
        }
        clock.advance(Duration.ofNanos(end - clock.now()));
        settle();
    }

    /**
     * Lets time pass until the condition holds; it is looked at whenever nobody can go on without the clock.
     *
     * @throws AssertionError if that takes longer than the given virtual time, or nothing is left that could happen
     */
    public void until(String what, BooleanSupplier condition, Duration patience) {
        long end = clock.now() + patience.toNanos();
        settle();
        while (!condition.getAsBoolean()) {
            Duration next = clock.untilNext();
            if (next == null || clock.now() + next.toNanos() - end > 0) {
                throw new AssertionError("not within " + patience + " of virtual time: " + what);
            }
            clock.advance(next);
            settle();
        }
    }

    /** Lets time pass until the future is done, at most a virtual hour, and returns its value or throws its failure. */
    public <V extends @Nullable Object> V complete(CompletableFuture<V> future) {
        until("a future completes", future::isDone, Duration.ofHours(1));
        return future.join();
    }

    /** What tasks threw. */
    public List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** Ends the tasks that pause: they are interrupted. */
    @Override
    public void close() {
        closed = true;
        while (!pausing.isEmpty()) {
            wake(pausing.get(0));
            settle();
        }
        threads.shutdown();
    }

    private void settle() {
        if (current != null) {
            throw new IllegalStateException("only the driver lets time pass, not a task of the simulation");
        }
        clock.runDue();
        for (SimulatedTask next = next(); next != null; next = next()) {
            current = next;
            Throwable thrown = next.move();
            current = null;
            if (thrown != null) {
                failures.add(thrown);
            }
            clock.runDue();
        }
    }

    private @Nullable SimulatedTask next() {
        List.copyOf(pausing).stream().filter(SimulatedTask::interrupted).forEach(this::wake);
        return ready.poll();
    }

    private void pause(SimulatedTask me, CompletableFuture<?> event) {
        if (closed) {
            return;
        }
        pausing.add(me);
        CompletableFuture<?> woken = event.whenComplete((value, error) -> wake(me));
        me.handBackTheTurn();
        woken.cancel(false);
    }

    private void wake(SimulatedTask task) {
        if (pausing.remove(task)) {
            ready.add(task);
        }
    }

    private SimulatedTask caller() {
        SimulatedTask me = current;
        if (me == null || !me.runsHere()) {
            throw new IllegalStateException("only a task of the simulation may pause, not " + Thread.currentThread());
        }
        return me;
    }
}
