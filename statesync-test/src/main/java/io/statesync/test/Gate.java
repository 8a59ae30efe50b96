package io.statesync.test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a call of a double goes through: it is counted, held and failed as the test says. */
final class Gate {

    private static final long PATIENCE_SECONDS = 20;

    private final String what;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /* guarded by lock */
    private int begun;
    private int ended;
    private int most;
    private final List<Hold> holds = new ArrayList<>();
    private @Nullable Hold hold;
    private @Nullable Throwable failure;
    private boolean failOnce;

    Gate(String what) {
        this.what = what;
    }

    /** Notes that a call begins; the hold that is in force now is its own. */
    Pass enter() {
        lock.lock();
        try {
            begun++;
            most = Math.max(most, begun - ended);
            Throwable mine = failure;
            if (failOnce) {
                failure = null;
                failOnce = false;
            }
            changed.signalAll();
            return new Pass(hold, mine);
        } finally {
            lock.unlock();
        }
    }

    void exit() {
        lock.lock();
        try {
            ended++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Hold hold(boolean interruptible) {
        lock.lock();
        try {
            Hold held = new Hold(interruptible);
            hold = held;
            holds.add(held);
            return held;
        } finally {
            lock.unlock();
        }
    }

    void open() {
        lock.lock();
        try {
            holds.forEach(Hold::release);
            holds.clear();
            hold = null;
        } finally {
            lock.unlock();
        }
    }

    void forget() {
        lock.lock();
        try {
            hold = null;
        } finally {
            lock.unlock();
        }
    }

    void fail(@Nullable Throwable error, boolean once) {
        lock.lock();
        try {
            failure = error;
            failOnce = once;
        } finally {
            lock.unlock();
        }
    }

    int begun() {
        lock.lock();
        try {
            return begun;
        } finally {
            lock.unlock();
        }
    }

    int running() {
        lock.lock();
        try {
            return begun - ended;
        } finally {
            lock.unlock();
        }
    }

    int most() {
        lock.lock();
        try {
            return most;
        } finally {
            lock.unlock();
        }
    }

    void awaitBegun(int count) {
        await(count, true);
    }

    void awaitEnded(int count) {
        await(count, false);
    }

    private void await(int count, boolean begin) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while ((begin ? begun : ended) < count) {
                if (left <= 0) {
                    throw new AssertionError("waited for " + count + " calls of the " + what + ": " + begun
                            + " have begun, " + ended + " have ended");
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the " + what, e);
        } finally {
            lock.unlock();
        }
    }

    /** One call's way through. */
    record Pass(@Nullable Hold hold, @Nullable Throwable failure) {

        void go() throws Exception {
            if (hold != null) {
                hold.await();
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof Exception exception) {
                throw exception;
            }
        }
    }

    /** Holds the calls that begin while it is in force. */
    static final class Hold {

        private final CountDownLatch released = new CountDownLatch(1);
        private final boolean interruptible;

        private Hold(boolean interruptible) {
            this.interruptible = interruptible;
        }

        void release() {
            released.countDown();
        }

        private void await() throws InterruptedException {
            boolean interrupted = false;
            while (released.getCount() > 0) {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    if (interruptible) {
                        throw e;
                    }
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
