package io.statesync.test;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationHandler;
import io.statesync.Subscription;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One subscription of a {@link HandSubscriber}. What a test delivers reaches the handler on the test's thread, also after
 * the subscription was closed: a real transport may be that late.
 */
public final class HandSubscription implements Subscription {

    private final String topic;
    private final InvalidationHandler handler;
    private final @Nullable RuntimeException closeFailure;
    private final CompletableFuture<Void> active = new CompletableFuture<>();
    private volatile boolean open = true;

    HandSubscription(String topic, InvalidationHandler handler, @Nullable RuntimeException closeFailure) {
        this.topic = topic;
        this.handler = handler;
        this.closeFailure = closeFailure;
    }

    @Override
    public CompletionStage<Void> active() {
        return active;
    }

    @Override
    public void close() {
        open = false;
        if (closeFailure != null) {
            throw closeFailure;
        }
    }

    /** What was subscribed. */
    public String topic() {
        return topic;
    }

    /** Who listens. */
    public InvalidationHandler handler() {
        return handler;
    }

    /** Whether nobody closed it yet. */
    public boolean isOpen() {
        return open;
    }

    /** Confirms it. */
    public void activate() {
        active.complete(null);
    }

    /** It cannot be had. */
    public void fail(Throwable error) {
        active.completeExceptionally(error);
    }

    /** An event of this topic. */
    public void deliver(long revision) {
        deliver(topic, Long.toUnsignedString(revision));
    }

    /** An event of this topic that belongs to a trace. */
    public void deliverTraced(long revision, @Nullable String traceparent) {
        String text = Long.toUnsignedString(revision);
        handler.onInvalidation(topic, text, null, InvalidationEvent.NO_TIMESTAMP, traceparent);
    }

    /** An event as it came, right or wrong. */
    public void deliver(@Nullable String eventTopic, @Nullable String revision) {
        handler.onInvalidation(eventTopic, revision, null, InvalidationEvent.NO_TIMESTAMP, null);
    }

    /** A message that is no event. */
    public void deliverMalformed(@Nullable Object payload, Throwable error) {
        handler.onMalformed(payload, error);
    }

    /** The connection breaks. */
    public void loseConnection() {
        handler.onConnectionLost(null);
    }

    /** The connection is back. */
    public void restoreConnection() {
        handler.onConnectionRestored();
    }
}
