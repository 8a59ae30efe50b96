package io.statesync.source;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.policy.Backoff;
import io.statesync.policy.Scheduler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Never loses the newest announcement of a topic: what the transport could not take is kept, one event per topic, and sent
 * again after a back-off, until it is taken or overtaken (TC-10). Safe for use by any thread; publishing never throws.
 */
public final class ResendingPublisher implements InvalidationPublisher, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ResendingPublisher.class);

    private final InvalidationPublisher target;
    private final Scheduler scheduler;
    private final Executor executor;
    private final Backoff backoff;
    private final BiConsumer<InvalidationEvent, RuntimeException> onFailure;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private final Map<String, InvalidationEvent> unsent = new LinkedHashMap<>();
    private boolean armed;
    private boolean closed;
    private int failures;

    /**
     * @param executor where a repeated sending runs
     * @param onFailure hears of each event that could not be sent, every time
     */
    public ResendingPublisher(
            InvalidationPublisher target,
            Scheduler scheduler,
            Executor executor,
            Backoff backoff,
            BiConsumer<InvalidationEvent, RuntimeException> onFailure) {
        this.target = target;
        this.scheduler = scheduler;
        this.executor = executor;
        this.backoff = backoff;
        this.onFailure = onFailure;
    }

    @Override
    public void publish(InvalidationEvent event) {
        try {
            target.publish(event);
            sent(event);
            arm();
        } catch (RuntimeException e) {
            keep(event);
            tell(event, e);
            arm();
        }
    }

    private void tell(InvalidationEvent event, RuntimeException failure) {
        try {
            onFailure.accept(event, failure);
        } catch (RuntimeException | Error thrown) {
            log.debug("The observer of a failed announcement of topic {} failed", event.topic(), thrown);
        }
    }

    /** How many topics have an announcement that was not taken yet. */
    public int unsent() {
        lock.lock();
        try {
            return unsent.size();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what was not taken. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            unsent.clear();
        } finally {
            lock.unlock();
        }
    }

    private void sent(InvalidationEvent event) {
        lock.lock();
        try {
            failures = 0;
            InvalidationEvent waiting = unsent.get(event.topic());
            if (waiting != null && !waiting.revision().isNewerThan(event.revision())) {
                unsent.remove(event.topic());
            }
        } finally {
            lock.unlock();
        }
    }

    private void keep(InvalidationEvent event) {
        lock.lock();
        try {
            if (!closed) {
                unsent.merge(
                        event.topic(), event, (old, now) -> old.revision().isNewerThan(now.revision()) ? old : now);
            }
        } finally {
            lock.unlock();
        }
    }

    private void arm() {
        int failed;
        lock.lock();
        try {
            if (armed || unsent.isEmpty()) {
                return;
            }
            armed = true;
            failed = ++failures;
        } finally {
            lock.unlock();
        }
        try {
            scheduler.schedule(this::elapsed, backoff.delay(failed));
        } catch (RuntimeException | Error refused) {
            disarmed(refused);
        }
    }

    /* On the timer's thread: the sending itself goes to the executor. */
    private void elapsed() {
        try {
            executor.execute(this::resend);
        } catch (RuntimeException | Error refused) {
            disarmed(refused);
            arm();
        }
    }

    /* What is kept stays, and the next announcement arms the timer again. */
    private void disarmed(Throwable refused) {
        lock.lock();
        try {
            armed = false;
        } finally {
            lock.unlock();
        }
        log.debug("No timer or thread to announce again", refused);
    }

    private void resend() {
        List<InvalidationEvent> events;
        lock.lock();
        try {
            armed = false;
            events = new ArrayList<>(unsent.values());
        } finally {
            lock.unlock();
        }
        events.forEach(this::publish);
    }
}
