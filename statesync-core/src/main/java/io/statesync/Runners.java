package io.statesync;

import org.jspecify.annotations.Nullable;

/**
 * Which threads are in foreign code for a topic. Guarded by the engine's lock, but for {@link #onRoundThread}.
 */
final class Runners {

    /** More abandoned fetches than this that still hang, and the next one fails at once (E9). */
    private static final int MAX_LINGERING = 1;

    private int lingering;

    /** The thread in the current round's foreign code or report: it must not wait for the topic. */
    private volatile @Nullable Thread roundThread;

    boolean onRoundThread() {
        return roundThread == Thread.currentThread();
    }

    void enter(Round<?> round, Thread runner) {
        round.runner = runner;
        roundThread = runner;
    }

    /** From now on the thread is not interrupted any more on the round's account. */
    void leave(Round<?> round) {
        round.runner = null;
        if (round.lingering) {
            round.lingering = false;
            lingering--;
        }
    }

    void reporting(@Nullable Thread thread) {
        roundThread = thread;
    }

    /** The round leaves the slot; its provider is interrupted and may linger. */
    void abandon(Round<?> round) {
        Thread runner = round.runner;
        if (runner != null) {
            runner.interrupt();
            round.lingering = true;
            lingering++;
        }
        roundThread = null;
    }

    boolean tooManyLinger() {
        return lingering > MAX_LINGERING;
    }

    int lingering() {
        return lingering;
    }
}
