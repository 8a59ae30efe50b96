package io.statesync.spring.stomp;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationHandler;
import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.Revision;
import io.statesync.Subscription;
import io.statesync.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Forwards every invalidation of the exposed topics that this instance issues or hears to the clients of a
 * {@link StompServer}. Restartable. What its own channel loses, its clients find by their probes (P8).
 */
public final class StompExposure implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(StompExposure.class);
    private static final int PHASE = DEFAULT_PHASE - 512;

    private final InvalidationSubscriber channel;
    private final List<String> topics;
    private final InvalidationPublisher server;

    /** Guarded by this. */
    private final List<Subscription> open = new ArrayList<>();

    private volatile boolean running;

    /**
     * @param channel where this instance's own invalidations can be heard
     * @param topics the exposed topics
     * @param server usually a {@link StompServer}
     */
    public StompExposure(InvalidationSubscriber channel, Collection<String> topics, InvalidationPublisher server) {
        this.channel = channel;
        this.topics = topics.stream().map(Topic::requireValid).distinct().toList();
        this.server = server;
    }

    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        for (String topic : topics) {
            Subscription subscription = channel.subscribe(topic, new Forwarder(topic));
            open.add(subscription);
            subscription.active().whenComplete((ok, error) -> {
                if (error != null) {
                    log.warn("Topic {} is exposed, but its own invalidations cannot be heard", topic, error);
                }
            });
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        open.forEach(Subscription::close);
        open.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** One topic's way out. */
    private final class Forwarder implements InvalidationHandler {

        private final String exposed;

        Forwarder(String exposed) {
            this.exposed = exposed;
        }

        @Override
        public void onInvalidation(
                @Nullable String topic,
                @Nullable String revision,
                @Nullable String sourceId,
                long timestampMs,
                @Nullable String traceparent) {
            if (!exposed.equals(topic)) {
                return;
            }
            try {
                server.publish(
                        new InvalidationEvent(exposed, Revision.parse(revision), sourceId, timestampMs, traceparent));
            } catch (RuntimeException e) {
                // no event, or no server: who connects later refreshes first, who is connected probes
                log.debug("An invalidation of topic {} was not forwarded", topic, e);
            }
        }

        @Override
        public void onMalformed(@Nullable Object payload, Throwable error) {
            log.debug("A malformed invalidation of topic {} was not forwarded", exposed, error);
        }

        @Override
        public void onConnectionLost(@Nullable Throwable cause) {
            log.debug("Invalidations of exposed topic {} may be missing", exposed, cause);
        }

        @Override
        public void onConnectionRestored() {
            log.debug("Invalidations of exposed topic {} are heard again", exposed);
        }
    }
}
