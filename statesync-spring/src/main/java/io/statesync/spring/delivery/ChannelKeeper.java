package io.statesync.spring.delivery;

import io.statesync.policy.Backoff;
import io.statesync.policy.Scheduler;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the one channel of a transport: a thread listens to it while it is there; while it is not, a timer waits for the next
 * attempt.
 */
public final class ChannelKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ChannelKeeper.class);

    /**
     * How a channel is kept.
     *
     * @param name what logs call the source
     * @param scheduler where time comes from
     * @param backoff how long to wait before the next attempt
     * @param connected is told when a channel is there, on the thread that listens
     * @param disconnected is told when it was lost, or could not be had
     */
    public record Terms(
            String name,
            Scheduler scheduler,
            Backoff backoff,
            Runnable connected,
            Consumer<? super Throwable> disconnected) {}

    private final Terms terms;
    private final Callable<? extends Channel> opener;
    private final ChannelSubscriptions subscriptions;
    private final Executor executor;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private @Nullable Channel open;
    private boolean closed;

    /** How many attempts in a row had no success. Written by the one session that runs at a time. */
    private volatile int failures;

    /**
     * @param opener connects, and returns when the channel is heard; blocks
     * @param executor where a thread listens
     */
    public ChannelKeeper(
            Terms terms, Callable<? extends Channel> opener, ChannelSubscriptions subscriptions, Executor executor) {
        this.terms = terms;
        this.opener = opener;
        this.subscriptions = subscriptions;
        this.executor = executor;
    }

    /** Connects, and goes on connecting until it is closed. Called once. */
    public void start() {
        try {
            executor.execute(this::session);
        } catch (RejectedExecutionException e) {
            log.debug("Source {}: the transport is closed, and does not connect", terms.name(), e);
        }
    }

    /** Ends the channel. */
    @Override
    public void close() {
        Channel ending;
        lock.lock();
        try {
            closed = true;
            ending = open;
        } finally {
            lock.unlock();
        }
        if (ending != null) {
            ending.abort();
        }
    }

    /* One life of the channel. */
    private void session() {
        Throwable cause = null;
        try (Channel channel = opener.call()) {
            if (begin(channel)) {
                failures = 0;
                subscriptions.connected();
                terms.connected().run();
                while (isOpen()) {
                    channel.listen();
                }
            }
        } catch (Exception | Error e) {
            cause = e;
        }
        if (end() && cause != null) {
            ended(cause);
        }
    }

    private void ended(Throwable cause) {
        failures++;
        subscriptions.lost(cause);
        try {
            terms.disconnected().accept(cause);
        } catch (RuntimeException e) {
            log.warn("A listener of source {} threw", terms.name(), e);
        }
        terms.scheduler().schedule(this::start, terms.backoff().delay(failures));
    }

    private boolean begin(Channel channel) {
        lock.lock();
        try {
            open = channel;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /* Whether there is to be another life. */
    private boolean end() {
        lock.lock();
        try {
            open = null;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOpen() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }
}
