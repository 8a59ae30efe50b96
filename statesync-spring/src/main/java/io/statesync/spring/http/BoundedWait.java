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
        CompletableFuture<Void> enough = new CompletableFuture<>();
        // not a copy: a result that never comes would keep one for each who ever waited
        CompletableFuture<Object> either = CompletableFuture.anyOf(result, enough);
        Scheduler.Timer timer = scheduler.schedule(() -> enough.complete(null), atMost);
        try {
            pause.until(either);
            if (!result.isDone()) {
                throw new TimeoutException();
            }
            return result.get();
        } finally {
            timer.cancel();
            enough.complete(null);
        }
    }

    /** Keeps the caller's thread until the event has happened. */
    interface Pause {
        void until(CompletableFuture<?> event) throws InterruptedException, ExecutionException;
    }
}
