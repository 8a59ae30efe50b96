package io.statesync.spring.stomp;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.spring.ExposedTopics;
import io.statesync.spring.TopicAccess;
import io.statesync.spring.json.InvalidationCodec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.server.support.OriginHandshakeInterceptor;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * The STOMP endpoint of a source: clients subscribe to the destinations of exposed topics and hear their invalidations.
 *
 * <p>It has a simple broker, channels and threads of its own instead of a part in the application's
 * {@code @EnableWebSocketMessageBroker}: brokers, heart-beats, interceptors and limits of an application are one set for
 * all its endpoints, and neither side may change the other's. Whoever may open the web socket, by the application's HTTP
 * security, may subscribe to every exposed topic that a {@link TopicAccess} lets him read.
 *
 * <p>Restartable; while it does not run, the endpoint answers 503. Safe for use by any thread.
 */
public final class StompServer implements InvalidationPublisher, SmartLifecycle {

    /** Starts before replicas and exposures do, and after the web server; stops after them. */
    private static final int PHASE = DEFAULT_PHASE - 513;

    private final Admission admission;
    private final StompServerSettings settings;
    private final InvalidationCodec codec = new InvalidationCodec();

    /** Makes a start and a stop wait for each other. */
    private final ReentrantLock changing = new ReentrantLock();

    /** Null while stopped; written under {@code changing}. */
    private volatile @Nullable StompBroker broker;

    /** Whoever may connect may subscribe to whatever is exposed. */
    public StompServer(ExposedTopics exposed, StompServerSettings settings) {
        this(exposed, TopicAccess.EVERYBODY, StompMessageRule.NONE, settings);
    }

    /**
     * @param access who may read which topic, asked for each subscription
     * @param rule what the application says of the messages of clients besides
     */
    public StompServer(ExposedTopics exposed, TopicAccess access, StompMessageRule rule, StompServerSettings settings) {
        this.admission = new Admission(exposed, access, rule);
        this.settings = settings;
    }

    /** What the application's dispatcher needs to find the endpoint: register it as a bean. */
    public HandlerMapping handlerMapping() {
        StompEndpoint endpoint = new StompEndpoint(this::broker);
        WebSocketHttpRequestHandler handler = new WebSocketHttpRequestHandler(endpoint);
        handler.setHandshakeInterceptors(List.of(endpoint, new OriginHandshakeInterceptor(settings.allowedOrigins())));
        WebSocketHandlerMapping mapping = new WebSocketHandlerMapping();
        mapping.setUrlMap(Map.of(settings.webSocketPath(), handler));
        mapping.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
        return mapping;
    }

    /**
     * Tells every client that is subscribed to the event's topic.
     *
     * @throws IllegalStateException while it does not run. Nobody is connected then, and whoever connects refreshes first
     */
    @Override
    public void publish(InvalidationEvent event) {
        send(event.topic(), codec.encode(event));
    }

    void send(String topic, byte[] payload) {
        StompBroker running = broker;
        if (running == null) {
            throw new IllegalStateException(
                    "the STOMP server is not running: the invalidation of topic \"" + topic + "\" was not sent");
        }
        running.send(topic, payload);
    }

    /** How many clients are connected. */
    public int sessions() {
        StompBroker running = broker;
        return running == null ? 0 : running.sockets().getStats().getWebSocketSessions();
    }

    private @Nullable StompBroker broker() {
        return broker;
    }

    @Override
    public void start() {
        changing.lock();
        try {
            if (broker == null) {
                StompBroker fresh = new StompBroker(admission, settings);
                fresh.start();
                broker = fresh;
            }
        } finally {
            changing.unlock();
        }
    }

    /** Closes every session. */
    @Override
    public void stop() {
        changing.lock();
        try {
            StompBroker running = broker;
            if (running != null) {
                broker = null;
                running.stop();
            }
        } finally {
            changing.unlock();
        }
    }

    @Override
    public boolean isRunning() {
        return broker != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
