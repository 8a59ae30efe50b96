package io.statesync.test;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A thread that makes one blocking call, and what became of it. */
final class Caller {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Throwable thrown;
    private volatile boolean interrupted;

    private Caller(Runnable call) {
        thread = new Thread(() -> make(call), "statesync-test-caller");
        thread.setDaemon(true);
    }

    static Caller of(Runnable call) {
        Caller caller = new Caller(call);
        caller.thread.start();
        return caller;
    }

    private void make(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            thrown = e;
        } finally {
            interrupted = Thread.currentThread().isInterrupted();
            ended.countDown();
        }
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Waits until the call blocks. */
    void awaitWaiting() {
        Patience.until(
                "the caller's wait",
                () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }

    /** Waits until the call has ended. */
    void awaitEnd() {
        try {
            if (!ended.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the call has not ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the caller", e);
        }
    }

    @Nullable
    Throwable thrown() {
        awaitEnd();
        return thrown;
    }

    boolean wasInterrupted() {
        awaitEnd();
        return interrupted;
    }
}
