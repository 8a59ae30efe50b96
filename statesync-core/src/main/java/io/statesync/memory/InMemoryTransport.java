package io.statesync.memory;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationHandler;
import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.Subscription;
import io.statesync.Topic;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Carries invalidations from publishers to subscribers of the same object, on the publisher's thread. {@link #disconnect}
 * and {@link #reconnect} play a connection that is lost and comes back. Safe for use by any thread.
 */
public final class InMemoryTransport implements InvalidationSubscriber, InvalidationPublisher {

    private final Map<String, Audience> byTopic = new ConcurrentHashMap<>();

    private volatile boolean connected = true;

    @Override
    public Subscription subscribe(String topic, InvalidationHandler handler) {
        Listening listening = new Listening(this, Topic.requireValid(topic), handler);
        byTopic.compute(topic, (key, known) -> Audience.of(known, listening));
        if (connected) {
            listening.confirm();
        }
        return listening;
    }

    /**
     * Hands the event to every subscription of its topic before it returns.
     *
     * @throws IllegalStateException while disconnected
     */
    @Override
    public void publish(InvalidationEvent event) {
        if (!connected) {
            throw new IllegalStateException("the in-memory transport is disconnected: the invalidation of topic \""
                    + event.topic() + "\" was not delivered");
        }
        Audience audience = byTopic.get(event.topic());
        if (audience != null) {
            audience.tell(event);
        }
    }

    /** How many subscriptions are open. */
    public int subscriptions() {
        return byTopic.values().stream()
                .mapToInt(audience -> audience.all().size())
                .sum();
    }

    /** Loses the connection: publishing fails, and every subscription is told. */
    public void disconnect() {
        connected = false;
        forEach(listening -> listening.handler.onConnectionLost(null));
    }

    /** Gets the connection back: every subscription is active again, and told. */
    public void reconnect() {
        connected = true;
        forEach(listening -> {
            if (!listening.confirm()) {
                listening.handler.onConnectionRestored();
            }
        });
    }

    private void forEach(Consumer<Listening> action) {
        byTopic.values().forEach(audience -> audience.forEach(action));
    }

    void remove(Listening closed) {
        byTopic.computeIfPresent(closed.topic, (key, known) -> Audience.without(known, closed));
    }
}
