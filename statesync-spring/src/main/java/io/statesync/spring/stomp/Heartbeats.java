package io.statesync.spring.stomp;

import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The signs of life of one connection, both ways, until it is stopped. */
final class Heartbeats {

    /** The STOMP specification asks the receiver to allow for delays. */
    private static final int MARGIN = 3;

    private final Scheduler scheduler;
    private final Executor executor;
    private final Runnable sending;
    private final Consumer<Throwable> failed;

    private volatile long lastHeard;
    private volatile boolean stopped;

    /**
     * @param sending sends one beat; runs on the executor, since it may block
     * @param failed hears that the other side is silent, on the timer's thread
     */
    Heartbeats(Scheduler scheduler, Executor executor, Runnable sending, Consumer<Throwable> failed) {
        this.scheduler = scheduler;
        this.executor = executor;
        this.sending = sending;
        this.failed = failed;
    }

    /** @param server how often the server can send, and wants to receive, in milliseconds; 0 for never */
    void start(Duration own, long[] server) {
        heard();
        if (server[1] > 0) {
            send(Duration.ofMillis(Math.max(own.toMillis(), server[1])));
        }
        if (server[0] > 0) {
            expect(Duration.ofMillis(Math.max(own.toMillis(), server[0]) * MARGIN));
        }
    }

    /** Whatever was received is a sign of life. */
    void heard() {
        lastHeard = scheduler.now();
    }

    void stop() {
        stopped = true;
    }

    private void send(Duration every) {
        after(every, () -> {
            executor.execute(sending);
            send(every);
        });
    }

    private void expect(Duration limit) {
        Duration left = limit.minusNanos(scheduler.now() - lastHeard);
        if (left.isNegative() || left.isZero()) {
            failed.accept(new TimeoutException("no sign of life for " + limit.toMillis() + " ms"));
        } else {
            after(left, () -> expect(limit));
        }
    }

    private void after(Duration delay, Runnable task) {
        try {
            scheduler.schedule(() -> run(task), delay);
        } catch (RejectedExecutionException e) {
            failed.accept(e);
        }
    }

    private void run(Runnable task) {
        if (stopped) {
            return;
        }
        try {
            task.run();
        } catch (RejectedExecutionException e) {
            failed.accept(e);
        }
    }
}
