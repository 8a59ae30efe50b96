package io.statesync.spring.stomp;

import io.statesync.SyncListener;
import io.statesync.policy.Backoff;
import io.statesync.policy.Durations;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.client.WebSocketClient;

/** Describes a {@link StompTransport}. Not safe for use by several threads. */
public final class StompTransportBuilder {

    final List<String> urls;
    String path = "/statesync";
    String name = "source";

    @Nullable
    WebSocketClient client;

    @Nullable
    Supplier<SSLContext> sslContext;

    @Nullable
    Executor executor;

    Scheduler scheduler = Scheduler.system();
    Backoff backoff = Backoff.RECONNECT;
    Duration heartbeat = Duration.ofSeconds(5);
    Duration connectTimeout = Duration.ofSeconds(10);
    Duration receiptTimeout = Duration.ofSeconds(5);
    Duration idleTimeout = Duration.ofSeconds(10);
    Consumer<? super WebSocketHttpHeaders> handshakeHeaders = headers -> {};
    Consumer<? super StompHeaders> connectHeaders = headers -> {};
    StompConnectionListener connectionListener = StompConnectionListener.NONE;
    SyncListener listener = SyncListener.NONE;

    StompTransportBuilder(List<String> urls) {
        this.urls = List.copyOf(urls);
    }

    /** Where StateSync is below a base URL; by default {@code /statesync}. A {@code ws:} URL is taken as it is. */
    public StompTransportBuilder path(String newPath) {
        this.path = newPath;
        return this;
    }

    /** What threads and logs call this source. */
    public StompTransportBuilder name(String newName) {
        this.name = newName;
        return this;
    }

    /** The client for web sockets; by default one with a container of its own, which is closed with the transport. */
    public StompTransportBuilder client(WebSocketClient newClient) {
        this.client = newClient;
        return this;
    }

    /** The trust and keys of the default client. Asked at each attempt to connect, so that they may be renewed. */
    public StompTransportBuilder sslContext(Supplier<SSLContext> newSslContext) {
        this.sslContext = newSslContext;
        return this;
    }

    /** Where blocking calls and handlers run; by default daemon threads of this transport, none of them while idle. */
    public StompTransportBuilder executor(Executor newExecutor) {
        this.executor = newExecutor;
        return this;
    }

    /** Where time comes from; by default {@link Scheduler#system()}. */
    public StompTransportBuilder scheduler(Scheduler newScheduler) {
        this.scheduler = newScheduler;
        return this;
    }

    /** How long to wait before the next attempt to connect; by default {@link Backoff#RECONNECT}. */
    public StompTransportBuilder backoff(Backoff newBackoff) {
        this.backoff = newBackoff;
        return this;
    }

    /** How often each side sends a sign of life; 5 s by default. Three missed ones end the connection. */
    public StompTransportBuilder heartbeat(Duration interval) {
        this.heartbeat = Durations.positive("heartbeat of the STOMP transport", interval);
        return this;
    }

    /** How long a handshake and CONNECT may take together; 10 s by default. */
    public StompTransportBuilder connectTimeout(Duration timeout) {
        this.connectTimeout = Durations.positive("connectTimeout of the STOMP transport", timeout);
        return this;
    }

    /** After that long without any receipt a server counts as one that sends none; 5 s by default. */
    public StompTransportBuilder receiptTimeout(Duration timeout) {
        this.receiptTimeout = Durations.positive("receiptTimeout of the STOMP transport", timeout);
        return this;
    }

    /** How long the connection is kept without a subscription, so that a restart finds it; 10 s by default. */
    public StompTransportBuilder idleTimeout(Duration timeout) {
        this.idleTimeout = Durations.notNegative("idleTimeout of the STOMP transport", timeout);
        return this;
    }

    /** Adds headers to each handshake, such as fresh credentials. Called for each attempt; may block. */
    public StompTransportBuilder handshakeHeaders(Consumer<? super WebSocketHttpHeaders> customizer) {
        this.handshakeHeaders = customizer;
        return this;
    }

    /** Adds headers to each CONNECT frame. Called for each attempt; may block. */
    public StompTransportBuilder connectHeaders(Consumer<? super StompHeaders> customizer) {
        this.connectHeaders = customizer;
        return this;
    }

    /** Hears of the connection. */
    public StompTransportBuilder connectionListener(StompConnectionListener newListener) {
        this.connectionListener = newListener;
        return this;
    }

    /** Hears of messages that belong to no subscription, by {@link SyncListener#onError} with no topic. */
    public StompTransportBuilder listener(SyncListener newListener) {
        this.listener = newListener;
        return this;
    }

    /**
     * Builds it; nothing is connected before the first subscription.
     *
     * @throws IllegalArgumentException if a URL is none; the message says what to write
     */
    public StompTransport build() {
        return new StompTransport(this);
    }
}
