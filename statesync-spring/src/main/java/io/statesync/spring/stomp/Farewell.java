package io.statesync.spring.stomp;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps a session's end behind what the session is saying: a broker that hears them the other way round remembers a
 * subscription for ever. Whoever comes last, the end or the thread that handles a message, tells the broker of the end. Safe
 * for use by any thread.
 */
final class Farewell {

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private boolean handling;
    private boolean ended;

    /** A message is about to be handled; false if the session has ended. */
    boolean begin() {
        lock.lock();
        try {
            handling = !ended;
            return handling;
        } finally {
            lock.unlock();
        }
    }

    /** The message was handled; true if the session ended meanwhile, and the broker is to be told now. */
    boolean finish() {
        lock.lock();
        try {
            handling = false;
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** The session has ended; true if the broker is to be told now, false if it has been or will be. */
    boolean end() {
        lock.lock();
        try {
            boolean first = !ended;
            ended = true;
            return first && !handling;
        } finally {
            lock.unlock();
        }
    }
}
