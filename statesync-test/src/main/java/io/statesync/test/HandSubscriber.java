package io.statesync.test;

import io.statesync.InvalidationHandler;
import io.statesync.InvalidationSubscriber;
import io.statesync.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A transport that a test drives by hand, subscription by subscription. Safe for use by any thread. */
public final class HandSubscriber implements InvalidationSubscriber {

    private final List<HandSubscription> all = new CopyOnWriteArrayList<>();
    private final boolean confirming;
    private volatile @Nullable RuntimeException refusal;
    private volatile @Nullable RuntimeException closeFailure;
    private volatile Consumer<HandSubscription> hook = subscription -> {};

    private HandSubscriber(boolean confirming) {
        this.confirming = confirming;
    }

    /** One that confirms each subscription at once. */
    public static HandSubscriber confirming() {
        return new HandSubscriber(true);
    }

    /** One whose subscriptions wait for {@link HandSubscription#activate()}. */
    public static HandSubscriber waiting() {
        return new HandSubscriber(false);
    }

    @Override
    public Subscription subscribe(String topic, InvalidationHandler handler) {
        RuntimeException refused = refusal;
        if (refused != null) {
            throw refused;
        }
        HandSubscription subscription = new HandSubscription(topic, handler, closeFailure);
        all.add(subscription);
        hook.accept(subscription);
        if (confirming) {
            subscription.activate();
        }
        return subscription;
    }

    /** From now on {@link #subscribe} throws this; null: no more. */
    public void refuse(@Nullable RuntimeException error) {
        refusal = error;
    }

    /** What {@link #subscribe} runs before it returns, for example an event that arrives early. */
    public void onSubscribe(Consumer<HandSubscription> newHook) {
        hook = newHook;
    }

    /** Subscriptions that are opened from now on throw this when they are closed, after they closed; null: no more. */
    public void failOnClose(@Nullable RuntimeException error) {
        closeFailure = error;
    }

    /** All that were ever opened, in order. */
    public List<HandSubscription> subscriptions() {
        return List.copyOf(all);
    }

    /** How many are open. */
    public int open() {
        return (int) all.stream().filter(HandSubscription::isOpen).count();
    }

    /** The newest one. */
    public HandSubscription last() {
        List<HandSubscription> now = subscriptions();
        if (now.isEmpty()) {
            throw new AssertionError("nobody has subscribed");
        }
        return now.get(now.size() - 1);
    }

    /** Waits for the n-th subscription, from 1, and returns it. */
    public HandSubscription awaitSubscription(int number) {
        Patience.until("subscription " + number, () -> all.size() >= number);
        return all.get(number - 1);
    }
}
