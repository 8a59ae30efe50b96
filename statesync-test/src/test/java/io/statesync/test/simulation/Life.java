package io.statesync.test.simulation;

import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/** One life of a process: its threads, its timers and its blocking calls, which end with it. */
final class Life implements Scheduler, Executor {

    private static final int SLOW_START = 3_000_000;
    private static final int BUSY = 1_000_000_000;

    private final SimulatedClock clock;
    private final SplittableRandom random;
    private final Deque<Blocked> blocked = new ArrayDeque<>();
    private boolean ended;

    Life(SimulatedClock clock, SplittableRandom random) {
        this.clock = clock;
        this.random = random;
    }

    boolean alive() {
        return !ended;
    }

    void end() {
        ended = true;
    }

    @Override
    public long now() {
        return clock.now();
    }

    @Override
    public Timer schedule(Runnable task, Duration delay) {
        return clock.after(delay.toNanos(), this, task)::cancel;
    }

    /** A thread takes the task at once, or a little later than another one; much later if all are busy. */
    @Override
    public void execute(Runnable task) {
        boolean busy = clock.now() < Step.FAULTS_END * 1_000_000L && random.nextInt(16) == 0;
        clock.after(busy ? random.nextInt(BUSY) : random.nextBoolean() ? 0 : random.nextInt(SLOW_START), this, task);
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        block(time.toNanos(), false);
    }

    /**
     * Blocks the calling code.
     *
     * @param deaf whether it does not hear interrupts
     * @throws ProcessDied if the process died meanwhile: the caller must not go on
     */
    void block(long nanos, boolean deaf) throws InterruptedException {
        if (nanos > 0) {
            Blocked me = new Blocked(deaf);
            blocked.push(me);
            clock.blockUntil(clock.now() + nanos, me);
            blocked.remove(me);
            requireAlive();
            if (me.interrupted && deaf) {
                Thread.currentThread().interrupt();
            } else if (me.interrupted) {
                throw new InterruptedException("interrupted by its own process");
            }
        }
        requireAlive();
    }

    void requireAlive() {
        if (ended) {
            throw ProcessDied.INSTANCE;
        }
    }

    /** An event of this process interrupted one of its calls: the newest that was not yet. */
    void interruptedBySelf() {
        for (Blocked call : blocked) {
            if (!call.interrupted) {
                call.interrupted = true;
                return;
            }
        }
    }

    final class Blocked {

        private final boolean deaf;
        private boolean interrupted;

        private Blocked(boolean deaf) {
            this.deaf = deaf;
        }

        boolean released() {
            return ended || (interrupted && !deaf);
        }
    }

    /** What a call of a dead process throws: nobody hears it any more. */
    static final class ProcessDied extends RuntimeException {

        private static final long serialVersionUID = 1L;
        static final ProcessDied INSTANCE = new ProcessDied();

        private ProcessDied() {
            super("the process died", null, false, false);
        }
    }
}
