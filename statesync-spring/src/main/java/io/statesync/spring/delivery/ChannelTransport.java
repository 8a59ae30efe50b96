package io.statesync.spring.delivery;

import io.statesync.InvalidationHandler;
import io.statesync.InvalidationSubscriber;
import io.statesync.Subscription;
import io.statesync.SyncListener;
import io.statesync.policy.LimitedExecutor;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

/**
 * The receiving half of a transport that hears all topics on one channel. It connects at the first subscription, and keeps the
 * channel until it is closed. While it cannot connect, subscriptions stay pending. A channel that is lost is made anew; each
 * handler hears of the loss once and of the return once.
 *
 * <p>Handlers run on the transport's threads, per topic in order and one at a time; when a handler is slow, the newest
 * invalidation of each source stands for those before it. Safe for use by any thread.
 */
public abstract class ChannelTransport implements InvalidationSubscriber, AutoCloseable {

    private static final int HANDLER_THREADS = 8;

    /** Keeps the one channel: connects, tells what it hears, and connects again. */
    public interface Keeper extends AutoCloseable {

        /** Connects, and goes on connecting until it is closed. Called once. */
        void start();

        /** Ends the channel, if there is one. */
        @Override
        void close();
    }

    private final TransportThreads threads;
    private final ChannelSubscriptions subscriptions;
    private final Keeper keeper;
    private final AtomicBoolean started = new AtomicBoolean();

    /**
     * @param name what its threads are called after
     * @param strays hears of messages that name no topic
     * @param keeper keeps the channel of these subscriptions, on these threads
     */
    protected ChannelTransport(
            String name, SyncListener strays, BiFunction<ChannelSubscriptions, Executor, Keeper> keeper) {
        this.threads = new TransportThreads(name, null);
        this.subscriptions = new ChannelSubscriptions(new LimitedExecutor(threads, HANDLER_THREADS), strays);
        this.keeper = keeper.apply(subscriptions, threads);
    }

    /** @throws IllegalStateException if the transport is closed */
    @Override
    public final Subscription subscribe(String topic, InvalidationHandler handler) {
        Subscription subscription = subscriptions.add(topic, handler);
        if (started.compareAndSet(false, true)) {
            keeper.start();
        }
        return subscription;
    }

    /** Disconnects, and ends its threads. Subscriptions that are pending fail. */
    @Override
    public final void close() {
        subscriptions.close(new IllegalStateException("the transport is closed"));
        keeper.close();
        threads.close();
    }
}
