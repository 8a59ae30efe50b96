package io.statesync.memory;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationHandler;
import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.Subscription;
import io.statesync.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Carries invalidations from publishers to subscribers of the same object, on the publisher's thread. {@link #disconnect}
 * and {@link #reconnect} play a connection that is lost and comes back. Safe for use by any thread.
 */
public final class InMemoryTransport implements InvalidationSubscriber, InvalidationPublisher {

    /** The lists are never changed, but replaced. */
    private final Map<String, List<Listening>> byTopic = new ConcurrentHashMap<>();

    private volatile boolean connected = true;

    @Override
    public Subscription subscribe(String topic, InvalidationHandler handler) {
        Listening listening = new Listening(Topic.requireValid(topic), handler);
        byTopic.compute(topic, (key, old) -> {
            if (old == null) {
                return List.of(listening);
            }
            List<Listening> all = new ArrayList<>(old);
            all.add(listening);
            return List.copyOf(all);
        });
        if (connected) {
            listening.active.complete(null);
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
        for (Listening listening : byTopic.getOrDefault(event.topic(), List.of())) {
            listening.handler.onInvalidation(
                    event.topic(),
                    event.revision().toString(),
                    event.sourceId(),
                    event.timestampMs(),
                    event.traceparent());
        }
    }

    /** How many subscriptions are open. */
    public int subscriptions() {
        return byTopic.values().stream().mapToInt(List::size).sum();
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
            if (!listening.active.complete(null)) {
                listening.handler.onConnectionRestored();
            }
        });
    }

    private void forEach(Consumer<Listening> action) {
        byTopic.values().forEach(all -> all.forEach(action));
    }

    private final class Listening implements Subscription {

        private final String topic;
        private final InvalidationHandler handler;
        private final CompletableFuture<Void> active = new CompletableFuture<>();

        Listening(String topic, InvalidationHandler handler) {
            this.topic = topic;
            this.handler = handler;
        }

        @Override
        public CompletionStage<Void> active() {
            return active;
        }

        @Override
        public void close() {
            byTopic.computeIfPresent(topic, (key, all) -> {
                List<Listening> others =
                        all.stream().filter(other -> other != this).toList();
                return others.isEmpty() ? null : others;
            });
        }
    }
}
