package io.statesync.spring.kafka;

import io.statesync.InvalidationEvent;
import io.statesync.policy.Backoff;
import io.statesync.policy.Scheduler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be announced: the newest event of each topic, sent together while others gather for the next round, and again
 * after a back-off if the round fails. So nobody who announces waits, and memory is bounded by the topics.
 */
final class Outbox implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    private final String channel;
    private final Consumer<List<InvalidationEvent>> sender;
    private final Scheduler scheduler;
    private final Executor executor;
    private final Backoff backoff;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private final Map<String, InvalidationEvent> waiting = new LinkedHashMap<>();
    private boolean sending; // or waiting for the next attempt
    private boolean closed;

    /** How many rounds in a row had no success. Written by the one round that runs at a time. */
    private volatile int failures;

    /**
     * @param sender sends all, or throws; called by one thread at a time
     * @param executor where it is called
     */
    Outbox(
            String channel,
            Consumer<List<InvalidationEvent>> sender,
            Scheduler scheduler,
            Executor executor,
            Backoff backoff) {
        this.channel = channel;
        this.sender = sender;
        this.scheduler = scheduler;
        this.executor = executor;
        this.backoff = backoff;
    }

    /**
     * Has an event sent, unless a newer one of its topic waits.
     *
     * @throws IllegalStateException if it is too late
     */
    void put(InvalidationEvent event) {
        boolean idle;
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the invalidation of topic \"" + event.topic()
                        + "\" was not announced: the publisher is closed");
            }
            keep(event);
            idle = !sending;
            sending = true;
        } finally {
            lock.unlock();
        }
        if (idle) {
            begin();
        }
    }

    /** Takes no more; a round that runs goes on. */
    void shut() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what was not sent, and says so. */
    @Override
    public void close() {
        List<String> unsent;
        lock.lock();
        try {
            closed = true;
            unsent = List.copyOf(waiting.keySet());
            waiting.clear();
        } finally {
            lock.unlock();
        }
        if (!unsent.isEmpty()) {
            log.warn("Kafka topic {} was not told before the end that these topics changed: {}", channel, unsent);
        }
    }

    /* guarded by lock */
    private void keep(InvalidationEvent event) {
        waiting.merge(event.topic(), event, (old, now) -> old.revision().isNewerThan(now.revision()) ? old : now);
    }

    private void begin() {
        try {
            executor.execute(this::rounds);
        } catch (RuntimeException e) {
            refused(e);
        }
    }

    private void rounds() {
        for (List<InvalidationEvent> events = next(); !events.isEmpty(); events = next()) {
            try {
                sender.accept(events);
            } catch (RuntimeException | Error e) {
                failed(events, e);
                return;
            }
            if (failures > 0) {
                failures = 0;
                log.info("Kafka topic {} takes announcements again", channel);
            }
        }
    }

    private List<InvalidationEvent> next() {
        lock.lock();
        try {
            List<InvalidationEvent> events = new ArrayList<>(waiting.values());
            waiting.clear();
            sending = !events.isEmpty();
            return events;
        } finally {
            lock.unlock();
        }
    }

    private void failed(List<InvalidationEvent> events, Throwable error) {
        if (failures++ == 0) {
            log.warn(
                    "Kafka topic {} does not take the announcements of {} topics; the newest of each is sent again: {}",
                    channel,
                    events.size(),
                    error.getMessage());
        }
        log.debug("Kafka topic {} does not take announcements", channel, error);
        lock.lock();
        try {
            events.forEach(this::keep);
        } finally {
            lock.unlock();
        }
        try {
            scheduler.schedule(this::begin, backoff.delay(failures));
        } catch (RuntimeException e) {
            refused(e);
        }
    }

    /* What is kept stays, and the next announcement tries again. */
    private void refused(RuntimeException refusal) {
        lock.lock();
        try {
            sending = false;
        } finally {
            lock.unlock();
        }
        log.debug("No timer or thread to announce over Kafka topic {}", channel, refusal);
    }
}
