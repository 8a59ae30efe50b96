package io.statesync.spring.stomp;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a session's ERROR behind what is being sent to it, and lets nothing follow. Writers are many: without this one of
 * them closes the session after an ERROR that still waits behind the frame of another, and the client never learns which
 * topic was refused. Safe for use by any thread.
 */
final class LastWord {

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private int sending;
    private boolean decided;
    private @Nullable Runnable waiting;

    /** A frame is about to be sent; false if nothing may be sent any more. Whoever gets true calls {@link #finish}. */
    boolean begin() {
        lock.lock();
        try {
            if (!decided) {
                sending++;
            }
            return !decided;
        } finally {
            lock.unlock();
        }
    }

    /** The frame was sent, or could not be. Says the last word, if it waited for this. */
    void finish() {
        say(null);
    }

    /** Whether the last word is known: what the client sends from then on counts no more. */
    boolean isKnown() {
        lock.lock();
        try {
            return decided;
        } finally {
            lock.unlock();
        }
    }

    /** Says it now if nothing is being sent, else whoever sends does so afterwards; the first one counts. */
    void end(Runnable lastWord) {
        say(lastWord);
    }

    private void say(@Nullable Runnable lastWord) {
        Runnable due = null;
        lock.lock();
        try {
            if (lastWord == null) {
                sending--;
            } else if (!decided) {
                decided = true;
                waiting = lastWord;
            }
            if (sending == 0) {
                due = waiting;
                waiting = null;
            }
        } finally {
            lock.unlock();
        }
        if (due != null) {
            due.run();
        }
    }
}
