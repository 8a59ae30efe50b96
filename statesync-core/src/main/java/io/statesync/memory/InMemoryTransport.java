package io.statesync.memory;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationHandler;
import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.Subscription;
import io.statesync.Topic;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries invalidations from publishers to subscribers of the same object, on the publisher's thread. {@link #disconnect}
 * and {@link #reconnect} play a connection that is lost and comes back. Safe for use by any thread.
 */
public final class InMemoryTransport implements InvalidationSubscriber, InvalidationPublisher {

    /* The handlers themselves: an event of one among many topics finds the next object in memory, and not in a cache. */
    private final Map<String, InvalidationHandler> byTopic = new ConcurrentHashMap<>();

    /** Those to whom nobody has said yet that there is a connection. */
    private final Set<Listening> unconfirmed = ConcurrentHashMap.newKeySet();

    private volatile boolean connected = true;

    @Override
    public Subscription subscribe(String topic, InvalidationHandler handler) {
        Listening listening = new Listening(this, Topic.requireValid(topic), handler);
        byTopic.compute(topic, (key, known) -> Handlers.with(known, handler));
        // before the look at the connection: either it is there, or a reconnect will find this one
        unconfirmed.add(listening);
        if (connected && unconfirmed.remove(listening)) {
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
        InvalidationHandler handler = byTopic.get(event.topic());
        if (handler != null) {
            handler.onInvalidation(
                    event.topic(),
                    event.revision().toString(),
                    event.sourceId(),
                    event.timestampMs(),
                    event.traceparent());
        }
    }

    /** How many subscriptions are open. */
    public int subscriptions() {
        return byTopic.values().stream()
                .mapToInt(listening -> Handlers.of(listening).size())
                .sum();
    }

    /** Loses the connection: publishing fails, and every subscription is told. */
    public void disconnect() {
        connected = false;
        byTopic.values().forEach(handler -> handler.onConnectionLost(null));
    }

    /** Gets the connection back: every subscription is active again, and told. */
    public void reconnect() {
        connected = true;
        Set<InvalidationHandler> fresh = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Listening listening : unconfirmed) {
            if (unconfirmed.remove(listening)) {
                fresh.add(listening.handler);
                listening.confirm();
            }
        }
        byTopic.values().stream()
                .flatMap(listening -> Handlers.of(listening).stream())
                .filter(handler -> !fresh.contains(handler))
                .forEach(InvalidationHandler::onConnectionRestored);
    }

    void remove(Listening closed) {
        unconfirmed.remove(closed);
        byTopic.computeIfPresent(closed.topic, (key, known) -> Handlers.without(known, closed.handler));
    }
}
