package io.statesync;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One subscription of one life of a sync: what comes under another token is of a former life and is dropped. */
final class Token {

    private static final Subscription CLOSED = new ClosedSubscription();

    /** Null until the transport returned it; {@link #CLOSED} once it is not wanted any more. */
    private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();

    /** Takes the transport's subscription; false if it is not wanted any more and the caller has to close it. */
    boolean attach(Subscription fresh) {
        return subscription.compareAndSet(null, fresh);
    }

    /** The subscription to close, if it came; a later one is refused by {@link #attach}. */
    @Nullable
    Subscription detach() {
        Subscription old = subscription.getAndSet(CLOSED);
        return old == CLOSED ? null : old;
    }

    private static final class ClosedSubscription implements Subscription {

        @Override
        public java.util.concurrent.CompletionStage<Void> active() {
            return new java.util.concurrent.CompletableFuture<>();
        }

        @Override
        public void close() {
            // there is nothing behind it
        }
    }
}
