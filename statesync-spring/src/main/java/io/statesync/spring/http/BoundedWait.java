package io.statesync.spring.http;

import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Waits on the caller's thread, never longer than was said, by the scheduler's time (E15).
 *
 * @param pause how the thread waits; another way only where time itself is simulated
 */
record BoundedWait(Scheduler scheduler, Duration atMost, Pause pause) {

    BoundedWait(Scheduler scheduler, Duration atMost) {
        this(scheduler, atMost, CompletableFuture::get);
    }

    <T> T await(CompletableFuture<T> result) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<T> waiter = result.copy();
        Scheduler.Timer timer = scheduler.schedule(() -> waiter.completeExceptionally(new TimeoutException()), atMost);
        try {
            pause.until(waiter);
            return waiter.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException late && !result.isDone()) {
                throw late;
            }
            throw e;
        } finally {
            timer.cancel();
        }
    }

    /** Keeps the caller's thread until the event has happened. */
    interface Pause {
        void until(CompletableFuture<?> event) throws InterruptedException, ExecutionException;
    }
}
