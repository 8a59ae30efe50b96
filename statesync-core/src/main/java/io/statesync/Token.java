package io.statesync;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One subscription of one life of a sync: what comes under another token is of a former life and is dropped. The intake of
 * its events extends it.
 */
abstract class Token {

    private static final Subscription CLOSED = new ClosedSubscription();

    private static final AtomicReferenceFieldUpdater<Token, Subscription> SUBSCRIPTION =
            AtomicReferenceFieldUpdater.newUpdater(Token.class, Subscription.class, "subscription");

    /** Null until the transport returned it; {@link #CLOSED} once it is not wanted any more. Changed by the updater alone. */
    @SuppressWarnings("UnusedVariable")
    private volatile @Nullable Subscription subscription;

    /** Whether it is the one of its sync's present life. Written under the engine's lock. */
    private volatile boolean live;

    /** The applied revision, where each event finds it; the ledger's is written in the same step, under the engine's lock. */
    private volatile long local;

    /** Without the lock: one volatile read. Whether this revision comes after the applied one; answers for a live one. */
    final boolean isNewer(long bits) {
        return Revision.isNewer(bits, local);
    }

    /** Under the engine's lock: the applied revision is this one now. */
    static void tell(@Nullable Token present, long local) {
        if (present != null) {
            present.local = local;
        }
    }

    /** Under the engine's lock: from now on the next one is heard, and the former is not. */
    static void follow(@Nullable Token former, @Nullable Token next, long local) {
        if (former != null) {
            former.live = false;
        }
        tell(next, local);
        if (next != null) {
            next.live = true;
        }
    }

    /** Without the lock: one volatile read. */
    final boolean live() {
        return live;
    }

    /** Takes the transport's subscription; false if it is not wanted any more and the caller has to close it. */
    final boolean attach(Subscription fresh) {
        return SUBSCRIPTION.compareAndSet(this, null, fresh);
    }

    /** The subscription to close, if it came; a later one is refused by {@link #attach}. */
    final @Nullable Subscription detach() {
        Subscription old = SUBSCRIPTION.getAndSet(this, CLOSED);
        return old == CLOSED ? null : old;
    }

    private static final class ClosedSubscription implements Subscription {

        @Override
        public CompletionStage<Void> active() {
            return new CompletableFuture<>();
        }

        @Override
        public void close() {
            // there is nothing behind it
        }
    }
}
