package io.statesync.spring.stomp;

import io.statesync.InvalidationHandler;
import io.statesync.InvalidationSubscriber;
import io.statesync.Subscription;
import io.statesync.Topic;
import io.statesync.policy.LimitedExecutor;
import io.statesync.spring.delivery.Mailbox;
import io.statesync.spring.delivery.TransportThreads;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.client.WebSocketClient;

/**
 * Hears the invalidations of a source over STOMP and WebSocket: one connection for all topics.
 *
 * <p>It connects at the first subscription, and disconnects a while after the last was closed. While it cannot connect,
 * subscriptions stay pending, so that a replica may start before its source. A lost connection is tried again at each URL in
 * turn (100 ms to 10 s, full jitter), all topics are subscribed again, and each handler hears of the loss once and of the
 * return once. A topic that the server refuses fails alone, with {@link StompRefusalException}; since an ERROR costs a
 * connection, a topic that was refused is subscribed over a second one from then on, and disturbs the others no more.
 *
 * <p>Handlers run on the transport's threads, per topic in order and one at a time; when a handler is slow, the newest
 * invalidation of each source stands for those before it. Safe for use by any thread.
 */
public final class StompTransport implements InvalidationSubscriber, AutoCloseable {

    private static final int HANDLER_THREADS = 8;

    private final TransportThreads threads;
    private final @Nullable ContainerClient ownClient;
    private final Executor handlers;
    private final StompLink main;
    private final StompLink quarantine;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final AtomicLong ids = new AtomicLong();

    StompTransport(StompTransportBuilder settings) {
        List<URI> urls = WebSocketUrls.of(settings.urls, settings.path);
        this.threads = new TransportThreads("stomp-" + settings.name, settings.executor);
        this.handlers = new LimitedExecutor(threads, HANDLER_THREADS);
        WebSocketClient client = settings.client;
        this.ownClient = client == null ? new ContainerClient(threads, settings.sslContext) : null;
        StompConnection.Terms connection = new StompConnection.Terms(
                client != null ? client : Objects.requireNonNull(ownClient).client(),
                settings.scheduler,
                threads,
                settings.heartbeat,
                settings.connectTimeout,
                settings.handshakeHeaders,
                settings.connectHeaders);
        LinkReports reports = new LinkReports(settings, threads, this::refused);
        this.main = new StompLink(terms(settings, urls, connection, false), reports);
        this.quarantine = new StompLink(terms(settings, urls, connection, true), reports.ofQuarantine());
    }

    /**
     * A transport to a source.
     *
     * @param urls base URLs of the same source, such as {@code http://shop:8080}, or {@code ws:} and {@code wss:} URLs of
     *     its web socket, tried in turn
     */
    public static StompTransportBuilder to(List<String> urls) {
        return new StompTransportBuilder(urls);
    }

    /** @throws IllegalStateException if the transport is closed */
    @Override
    public Subscription subscribe(String topic, InvalidationHandler handler) {
        Mailbox mailbox = new Mailbox(Topic.requireValid(topic), handler, handlers);
        String id = Long.toString(ids.incrementAndGet());
        TopicSubscription subscription = new TopicSubscription(id, topic, mailbox, this::closed);
        (refused.contains(topic) ? quarantine : main).add(subscription);
        return subscription;
    }

    /** What it knows about its connection now. */
    public StompConnectionState connection() {
        StompConnectionState state = main.state();
        return state.url() == null ? quarantine.state() : state;
    }

    /** Disconnects, and ends its threads and those of its own client. Subscriptions that are pending fail. */
    @Override
    public void close() {
        main.close();
        quarantine.close();
        threads.close();
        if (ownClient != null) {
            ownClient.close();
        }
    }

    private void closed(TopicSubscription subscription) {
        main.remove(subscription);
        quarantine.remove(subscription);
    }

    private void refused(TopicSubscription subscription, URI url, Throwable cause) {
        refused.add(subscription.topic());
        if (!subscription.everConfirmed()) {
            subscription.failed(new StompRefusalException(subscription.topic(), url, cause));
            subscription.wake();
            return;
        }
        // it was active: its replica will not subscribe again by itself, so this transport goes on trying
        quarantine.add(subscription);
        if (subscription.isClosed()) {
            quarantine.remove(subscription);
        }
    }

    private static LinkTerms terms(
            StompTransportBuilder settings, List<URI> urls, StompConnection.Terms connection, boolean keepsRefused) {
        return new LinkTerms(
                urls, connection, settings.backoff, settings.receiptTimeout, settings.idleTimeout, keepsRefused);
    }
}
