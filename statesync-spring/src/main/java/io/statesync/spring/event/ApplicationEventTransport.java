package io.statesync.spring.event;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationHandler;
import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.Subscription;
import io.statesync.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

/**
 * Carries invalidations as Spring application events whose payload is the {@link InvalidationEvent}: an application may
 * listen ({@code @EventListener void on(InvalidationEvent event)}) and publish with Spring alone. Register it as a bean of
 * the context that it is built with.
 *
 * <p>What it publishes stays in its own context. Spring hands the events of a child context to its parent too, which leaves
 * out those of another context's transport, so that two contexts never hear each other by accident. An event that an
 * application publishes itself, with Spring, bubbles up as Spring's events do. Contexts that are to share a channel share
 * this bean.
 *
 * <p>Handlers run where Spring's multicaster calls listeners: by default on the publisher's thread. No connection, so none
 * is lost or restored. Safe for use by any thread.
 */
public final class ApplicationEventTransport
        implements InvalidationSubscriber,
                InvalidationPublisher,
                ApplicationListener<PayloadApplicationEvent<InvalidationEvent>> {

    private static final Logger log = LoggerFactory.getLogger(ApplicationEventTransport.class);

    private final ConfigurableApplicationContext context;
    private final Map<String, List<Listening>> byTopic = new ConcurrentHashMap<>();

    public ApplicationEventTransport(ConfigurableApplicationContext context) {
        this.context = context;
    }

    @Override
    public Subscription subscribe(String topic, InvalidationHandler handler) {
        Listening listening = new Listening(Topic.requireValid(topic), handler);
        byTopic.compute(topic, (key, old) -> {
            List<Listening> all = old == null ? new CopyOnWriteArrayList<>() : old;
            all.add(listening);
            return all;
        });
        return listening;
    }

    /**
     * Publishes the event in the context.
     *
     * @throws IllegalStateException if the context is not refreshed yet, or closed
     */
    @Override
    public void publish(InvalidationEvent event) {
        if (!context.isActive()) {
            throw new IllegalStateException("the application context \"" + context.getDisplayName()
                    + "\" is not active: the invalidation of topic \"" + event.topic() + "\" was not delivered");
        }
        // with its context's name on it: Spring would wrap the bare event anew for each context that it reaches
        context.publishEvent(new PayloadApplicationEvent<>(context, event));
    }

    @Override
    public void onApplicationEvent(PayloadApplicationEvent<InvalidationEvent> event) {
        if (event.getSource() == context) {
            InvalidationEvent invalidation = event.getPayload();
            byTopic.getOrDefault(invalidation.topic(), List.of()).forEach(listening -> listening.hear(invalidation));
        }
    }

    private final class Listening implements Subscription {

        private final String topic;
        private final InvalidationHandler handler;

        Listening(String topic, InvalidationHandler handler) {
            this.topic = topic;
            this.handler = handler;
        }

        void hear(InvalidationEvent event) {
            try {
                handler.onInvalidation(
                        event.topic(),
                        event.revision().toString(),
                        event.sourceId(),
                        event.timestampMs(),
                        event.traceparent());
            } catch (RuntimeException e) {
                // it must not reach whoever changed the state, nor keep the event from the next handler
                log.warn("A handler of invalidations of topic {} threw", topic, e);
            }
        }

        @Override
        public CompletionStage<Void> active() {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void close() {
            byTopic.computeIfPresent(topic, (key, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }
}
