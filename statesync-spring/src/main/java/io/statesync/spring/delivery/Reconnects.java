package io.statesync.spring.delivery;

import io.statesync.policy.Backoff;
import io.statesync.policy.Scheduler;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lives of a channel, one after the other: the next one begins after a back-off, and who hears the channel is told of the
 * loss and of the return.
 */
public final class Reconnects {

    private static final Logger log = LoggerFactory.getLogger(Reconnects.class);

    /**
     * How a channel is kept.
     *
     * @param name what logs call the source
     * @param scheduler where time comes from
     * @param backoff how long to wait before the next attempt
     * @param connected is told when a channel is there
     * @param disconnected is told when it was lost, or could not be had
     */
    public record Terms(
            String name,
            Scheduler scheduler,
            Backoff backoff,
            Runnable connected,
            Consumer<? super Throwable> disconnected) {}

    private final Terms terms;
    private final ChannelSubscriptions subscriptions;
    private final Executor executor;
    private final Runnable attempt;

    /** How many attempts in a row had no success. Written by the one life, or attempt, that there is at a time. */
    private volatile int failures;

    /**
     * @param executor where an attempt is made
     * @param attempt connects, and has {@link #connected} or {@link #lost} called, or neither because it is all over
     */
    public Reconnects(Terms terms, ChannelSubscriptions subscriptions, Executor executor, Runnable attempt) {
        this.terms = terms;
        this.subscriptions = subscriptions;
        this.executor = executor;
        this.attempt = attempt;
    }

    /** Makes an attempt. The first is called for, all others follow from {@link #lost}. */
    public void begin() {
        try {
            executor.execute(attempt);
        } catch (RejectedExecutionException e) {
            log.debug("Source {}: the transport is closed, and does not connect", terms.name(), e);
        }
    }

    /** The channel is heard from now on. */
    public void connected() {
        failures = 0;
        subscriptions.connected();
        tell(terms.connected());
    }

    /** The channel is heard no more, or could not be had: another attempt follows. */
    public void lost(Throwable cause) {
        failures++;
        subscriptions.lost(cause);
        tell(() -> terms.disconnected().accept(cause));
        terms.scheduler().schedule(this::begin, terms.backoff().delay(failures));
    }

    private void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            log.warn("A listener of source {} threw", terms.name(), e);
        }
    }
}
