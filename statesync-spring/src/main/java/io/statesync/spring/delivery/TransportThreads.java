package io.statesync.spring.delivery;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where a transport's blocking calls and its handlers run: daemon threads, as many as are busy (its handlers are limited, and
 * of blocking calls there are a few per connection), none after ten idle seconds; or the application's executor.
 */
public final class TransportThreads implements Executor, AutoCloseable {

    private static final int IDLE_SECONDS = 10;
    private static final int SECONDS_TO_CLOSE = 2;

    private final @Nullable ThreadPoolExecutor own;
    private final Executor target;

    /**
     * @param name what the threads are called after
     * @param given the application's executor, which is not closed with this; null: threads of its own
     */
    public TransportThreads(String name, @Nullable Executor given) {
        AtomicInteger number = new AtomicInteger();
        this.own = given != null
                ? null
                : new ThreadPoolExecutor(
                        0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                            Thread thread = new Thread(task, "statesync-" + name + "-" + number.incrementAndGet());
                            thread.setDaemon(true);
                            return thread;
                        });
        this.target = given != null ? given : Objects.requireNonNull(own);
    }

    @Override
    public void execute(Runnable task) {
        target.execute(task);
    }

    /** Waits a moment for farewells, then interrupts what is left, such as a handshake, and waits for its end. */
    @Override
    public void close() {
        if (own == null) {
            return;
        }
        own.shutdown();
        try {
            if (!own.awaitTermination(SECONDS_TO_CLOSE, TimeUnit.SECONDS)) {
                own.shutdownNow();
                own.awaitTermination(SECONDS_TO_CLOSE, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            own.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
