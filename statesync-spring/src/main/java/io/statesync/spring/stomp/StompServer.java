package io.statesync.spring.stomp;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.spring.ExposedTopics;
import io.statesync.spring.json.InvalidationCodec;
import java.util.List;
import java.util.Map;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.messaging.support.ExecutorSubscribableChannel;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.messaging.StompSubProtocolHandler;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;
import org.springframework.web.socket.server.support.OriginHandshakeInterceptor;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * The STOMP endpoint of a source: clients subscribe to the destinations of exposed topics and hear their invalidations.
 *
 * <p>It has a simple broker, channels and threads of its own instead of a part in the application's
 * {@code @EnableWebSocketMessageBroker}: brokers, heart-beats, interceptors and limits of an application are one set for
 * all its endpoints, and neither side may change the other's. Whoever may open the web socket, by the application's HTTP
 * security, may subscribe to every exposed topic.
 *
 * <p>Restartable; while it does not run, the endpoint answers 503. Safe for use by any thread.
 */
public final class StompServer implements InvalidationPublisher, SmartLifecycle {

    /** Starts before replicas and exposures do, and after the web server; stops after them. */
    private static final int PHASE = DEFAULT_PHASE - 513;

    private static final int PROCESSORS = Math.max(2, Runtime.getRuntime().availableProcessors());
    /** A slow client holds one, until its limit. */
    private static final int WRITERS_PER_PROCESSOR = 8;

    private static final int CACHED_DESTINATIONS = 16 * 1024;
    private static final int MAX_INBOUND_MESSAGE = 16 * 1024;
    private static final int MILLIS_TO_FIRST_MESSAGE = 10_000;

    private final StompServerSettings settings;
    private final InvalidationCodec codec = new InvalidationCodec();
    private final ThreadPoolTaskExecutor readers = new ThreadPoolTaskExecutor();
    private final ThreadPoolTaskExecutor writers = new ThreadPoolTaskExecutor();
    private final ThreadPoolTaskScheduler heartbeats = new ThreadPoolTaskScheduler();
    private final ExecutorSubscribableChannel inbound = new ExecutorSubscribableChannel(readers);
    private final ExecutorSubscribableChannel outbound = new ExecutorSubscribableChannel(writers);
    private final ExecutorSubscribableChannel announcements = new ExecutorSubscribableChannel();
    private final SimpleBrokerMessageHandler broker;
    private final SubProtocolWebSocketHandler sockets;

    private volatile boolean running;

    public StompServer(ExposedTopics exposed, StompServerSettings settings) {
        this.settings = settings;
        inbound.addInterceptor(new InboundGuard(exposed, outbound));
        inbound.addInterceptor(new SubscriptionReceipts(outbound));
        broker = new SimpleBrokerMessageHandler(inbound, outbound, announcements, List.of(Destinations.PREFIX));
        long heartbeat = settings.heartbeat().toMillis();
        broker.setHeartbeatValue(new long[] {heartbeat, heartbeat});
        broker.setTaskScheduler(heartbeats);
        broker.setCacheLimit(CACHED_DESTINATIONS);
        StompSubProtocolHandler stomp = new StompSubProtocolHandler();
        stomp.setMessageSizeLimit(MAX_INBOUND_MESSAGE);
        sockets = new SubProtocolWebSocketHandler(inbound, outbound);
        sockets.addProtocolHandler(stomp);
        sockets.setSendTimeLimit((int) settings.sendTimeLimit().toMillis());
        sockets.setSendBufferSizeLimit(settings.sendBufferLimit());
        sockets.setTimeToFirstMessage(MILLIS_TO_FIRST_MESSAGE);
        setUp(readers, "in", PROCESSORS);
        setUp(writers, "out", PROCESSORS * WRITERS_PER_PROCESSOR);
        heartbeats.setThreadNamePrefix("statesync-stomp-heartbeat-");
        heartbeats.setRemoveOnCancelPolicy(true);
    }

    private static void setUp(ThreadPoolTaskExecutor pool, String direction, int threads) {
        pool.setThreadNamePrefix("statesync-stomp-" + direction + "-");
        pool.setCorePoolSize(threads);
        pool.setMaxPoolSize(threads);
        pool.setAllowCoreThreadTimeOut(true);
        pool.setDaemon(true);
    }

    /** What the application's dispatcher needs to find the endpoint: register it as a bean. */
    public HandlerMapping handlerMapping() {
        WebSocketHttpRequestHandler handler = new WebSocketHttpRequestHandler(sockets);
        OriginHandshakeInterceptor origins = new OriginHandshakeInterceptor(settings.allowedOrigins());
        handler.setHandshakeInterceptors(List.of(new RunningInterceptor(this), origins));
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
        if (!running) {
            throw new IllegalStateException("the STOMP server is not running: the invalidation of topic \""
                    + event.topic() + "\" was not sent");
        }
        send(event.topic(), codec.encode(event));
    }

    /** One payload for all sessions. */
    void send(String topic, byte[] payload) {
        SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
        headers.setDestination(Destinations.of(topic));
        headers.setContentType(MimeTypeUtils.APPLICATION_JSON);
        announcements.send(MessageBuilder.createMessage(payload, headers.getMessageHeaders()));
    }

    /** How many clients are connected. */
    public int sessions() {
        return sockets.getStats().getWebSocketSessions();
    }

    @Override
    public synchronized void start() {
        if (!running) {
            readers.initialize();
            writers.initialize();
            heartbeats.initialize();
            sockets.start();
            broker.start();
            running = true;
        }
    }

    /** Closes every session. */
    @Override
    public synchronized void stop() {
        if (running) {
            running = false;
            broker.stop();
            sockets.stop();
            heartbeats.shutdown();
            readers.shutdown();
            writers.shutdown();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
