package io.statesync.spring.stomp;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Hands out what many clients are to have to as many writers as are free: each takes the next one that nobody has taken. A
 * writer that a slow client holds up delays no other client, as long as there is another writer.
 *
 * @param <T> what is for one client
 */
final class FanOut<T> implements Runnable {

    private final List<T> items;
    private final Consumer<? super T> delivery;
    private final Executor writers;
    private final AtomicInteger taken = new AtomicInteger();

    /** @param delivery throws nothing */
    FanOut(List<T> items, Consumer<? super T> delivery, Executor writers) {
        this.items = items;
        this.delivery = delivery;
        this.writers = writers;
    }

    /** Begins, if there is anything. */
    void begin() {
        if (!items.isEmpty()) {
            writers.execute(this);
        }
    }

    /** One writer's part. Before anything can hold it up the next writer is called. */
    @Override
    public void run() {
        if (items.size() - taken.get() > 1) {
            writers.execute(this);
        }
        for (int i = taken.getAndIncrement(); i < items.size(); i = taken.getAndIncrement()) {
            delivery.accept(items.get(i));
        }
    }
}
