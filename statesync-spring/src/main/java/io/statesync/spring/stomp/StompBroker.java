package io.statesync.spring.stomp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;
import org.springframework.messaging.simp.broker.SubscriptionRegistry;
import org.springframework.messaging.support.ExecutorSubscribableChannel;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;

/**
 * One life of a {@link StompServer}: Spring's simple broker with channels and threads of its own, which knows sessions and
 * subscriptions; events go past its channels. A server that starts again gets a new one, since the simple broker remembers
 * its sessions over a stop.
 */
final class StompBroker {

    private static final Logger log = LoggerFactory.getLogger(StompBroker.class);
    private static final byte[] NO_BODY = new byte[0];

    private static final int PROCESSORS = Math.max(2, Runtime.getRuntime().availableProcessors());
    /** A slow client holds one, until its limit. */
    private static final int WRITERS_PER_PROCESSOR = 8;

    /** What may wait for a writer, per session: a RECEIPT and an event for each subscription. */
    private static final int MAX_WAITING = 2 * StompScreen.MAX_SUBSCRIPTIONS;

    private static final int CACHED_DESTINATIONS = 16 * 1024;
    private static final int MILLIS_TO_FIRST_MESSAGE = 10_000;

    private final ThreadPoolTaskExecutor writers = writers();
    private final ThreadPoolTaskScheduler heartbeats = new ThreadPoolTaskScheduler();
    /**
     * On the container's threads: so a session's frames keep their order, its farewell included, and a client that sends
     * faster than they can be handled has to wait. Nothing that is done with them waits for a client.
     */
    private final ExecutorSubscribableChannel inbound = new ExecutorSubscribableChannel();

    private final ExecutorSubscribableChannel outbound = new ExecutorSubscribableChannel(writers);
    private final WriterQueue queue = new WriterQueue(MAX_WAITING);
    private final AtomicLong sent = new AtomicLong();
    private final SimpleBrokerMessageHandler broker;
    private final SubProtocolWebSocketHandler sockets;

    StompBroker(Admission admission, StompServerSettings settings) {
        outbound.addInterceptor(queue);
        inbound.addInterceptor(new InboundGuard(admission, outbound));
        inbound.addInterceptor(new SubscriptionReceipts(outbound));
        broker = new SimpleBrokerMessageHandler(
                inbound, outbound, new ExecutorSubscribableChannel(), List.of(Destinations.PREFIX));
        long heartbeat = settings.heartbeat().toMillis();
        broker.setHeartbeatValue(new long[] {heartbeat, heartbeat});
        broker.setTaskScheduler(heartbeats);
        broker.setCacheLimit(CACHED_DESTINATIONS);
        sockets = new SubProtocolWebSocketHandler(inbound, outbound);
        sockets.addProtocolHandler(new StompIntake(queue));
        sockets.setSendTimeLimit((int) settings.sendTimeLimit().toMillis());
        sockets.setSendBufferSizeLimit(settings.sendBufferLimit());
        sockets.setTimeToFirstMessage(MILLIS_TO_FIRST_MESSAGE);
    }

    private static ThreadPoolTaskExecutor writers() {
        ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
        pool.setThreadNamePrefix("statesync-stomp-out-");
        pool.setCorePoolSize(PROCESSORS * WRITERS_PER_PROCESSOR);
        pool.setMaxPoolSize(PROCESSORS * WRITERS_PER_PROCESSOR);
        pool.setAllowCoreThreadTimeOut(true);
        pool.setDaemon(true);
        // bounded per session, so it refuses only after the stop: what sessions say that end late is of no use then
        pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return pool;
    }

    void start() {
        heartbeats.setThreadNamePrefix("statesync-stomp-heartbeat-");
        heartbeats.setDaemon(true);
        writers.initialize();
        heartbeats.initialize();
        sockets.start();
        broker.start();
    }

    void stop() {
        // the broker goes with its channels: its own stop would take an interceptor out of a chain that is in use
        sockets.stop();
        heartbeats.shutdown();
        writers.shutdown();
    }

    SubProtocolWebSocketHandler sockets() {
        return sockets;
    }

    SubscriptionRegistry subscriptions() {
        return broker.getSubscriptionRegistry();
    }

    /** One frame for all sessions; the simple broker would make a message, and encode it, for each. */
    void send(String topic, byte[] payload) {
        EventFrame frame = EventFrame.of(topic, payload, sent.incrementAndGet());
        List<SubscriberFrame> frames = new ArrayList<>();
        subscriptions()
                .findSubscriptions(to(topic))
                .forEach((session, ids) -> ids.forEach(id -> {
                    if (queue.enter(session)) {
                        frames.add(new SubscriberFrame(session, id, frame));
                    }
                }));
        new FanOut<>(frames, this::deliver, writers).begin();
    }

    private static Message<byte[]> to(String topic) {
        SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
        headers.setDestination(Destinations.of(topic));
        return MessageBuilder.createMessage(NO_BODY, headers.getMessageHeaders());
    }

    private void deliver(SubscriberFrame frame) {
        try {
            sockets.handleMessage(frame);
        } catch (RuntimeException e) {
            log.debug("Session {} was not told", frame.sessionId(), e);
        } finally {
            queue.leave(frame.sessionId());
        }
    }
}
