package io.statesync.test.simulation;

import java.io.IOException;
import java.util.SplittableRandom;

/** What is wrong with one thing for a while: its calls are slow, and so many of a hundred fail. */
final class Trouble {

    private final SimulatedClock clock;
    private final SplittableRandom random;
    private long until;
    private int failing;
    private long slowest;
    private boolean deaf;

    Trouble(SimulatedClock clock, SplittableRandom random) {
        this.clock = clock;
        this.random = random;
    }

    void begin(SplittableRandom step, int mostMillis) {
        until = clock.now() + (1 + step.nextInt(mostMillis)) * 1_000_000L;
        failing = step.nextInt(3) == 0 ? 100 : step.nextInt(100);
        slowest = step.nextInt(3) == 0 ? 0 : (1 + step.nextInt(step.nextBoolean() ? 300 : 9_000)) * 1_000_000L;
        deaf = step.nextInt(4) == 0;
    }

    void end() {
        until = 0;
    }

    boolean present() {
        return clock.now() < until;
    }

    /** Blocks the call for as long as it takes. */
    void slow(Life life) throws InterruptedException {
        if (present() && slowest > 0) {
            // what is wrong ends, and what hangs goes on
            life.block(Math.min(random.nextLong(slowest), until - clock.now()), deaf);
        } else {
            life.requireAlive();
        }
    }

    boolean strikes() {
        return present() && random.nextInt(100) < failing;
    }

    void fail(String what) throws IOException {
        if (strikes()) {
            throw new Planned(what);
        }
    }

    /** A failure that was planned, without the cost of a stack trace. */
    static final class Planned extends IOException {

        private static final long serialVersionUID = 1L;

        Planned(String what) {
            super(what);
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
