package io.statesync;

import org.jspecify.annotations.Nullable;

/**
 * Which threads are in foreign code for a topic. Guarded by the engine's lock, but for {@link #onRoundThread}. The slot
 * extends it.
 */
abstract class Runners {

    /** More abandoned fetches than this that still hang, and the next one fails at once (E9). */
    private static final int MAX_LINGERING = 1;

    private int lingering;

    /** The thread in the current round's foreign code or report: it must not wait for the topic. */
    private volatile @Nullable Thread roundThread;

    final boolean onRoundThread() {
        return roundThread == Thread.currentThread();
    }

    final void entered(Round<?> round, Thread runner) {
        round.runner = runner;
        roundThread = runner;
    }

    /** From now on the thread is not interrupted any more on the round's account. */
    final void left(Round<?> round) {
        round.runner = null;
        if (round.lingering) {
            round.lingering = false;
            lingering--;
        }
    }

    final void reporting(@Nullable Thread thread) {
        roundThread = thread;
    }

    /** The round leaves the slot; its provider is interrupted and may linger. */
    final void abandon(Round<?> round) {
        Thread runner = round.runner;
        if (runner != null) {
            runner.interrupt();
            round.lingering = true;
            lingering++;
        }
        roundThread = null;
    }

    final boolean tooManyLinger() {
        return lingering > MAX_LINGERING;
    }

    final int lingering() {
        return lingering;
    }
}
