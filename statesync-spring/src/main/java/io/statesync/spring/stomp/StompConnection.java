package io.statesync.spring.stomp;

import io.statesync.policy.Scheduler;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.stomp.BufferingStompDecoder;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompDecoder;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.client.WebSocketClient;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;

/**
 * One web socket that speaks STOMP, from the handshake to its end, of which its owner hears exactly once.
 *
 * <p>Not Spring's {@code WebSocketStompClient}: its heart-beats and sends may meet in the socket, which Tomcat answers with
 * an exception, it keeps a timer per receipt, and it has no time-out between the handshake and CONNECTED.
 */
final class StompConnection extends AbstractWebSocketHandler {

    private static final Logger log = LoggerFactory.getLogger(StompConnection.class);

    private static final int MAX_MESSAGE = 64 * 1024;
    private static final int MAX_UNSENT = 512 * 1024;
    private static final int MAX_SEND_MILLIS = 10_000;

    /** What a connection needs from its transport. */
    record Terms(
            WebSocketClient client,
            Scheduler scheduler,
            Executor executor,
            Duration heartbeat,
            Duration connectTimeout,
            Consumer<? super WebSocketHttpHeaders> handshakeHeaders,
            Consumer<? super StompHeaders> connectHeaders) {}

    /** Who hears of it; called on the socket's threads and on the timer's, so nothing here may block. */
    interface Owner {

        void connected(StompConnection connection);

        void confirmed(StompConnection connection, String receiptId);

        void message(StompConnection connection, @Nullable String subscriptionId, byte[] payload);

        /** Exactly once, unless the owner ended it. */
        void ended(StompConnection connection, Throwable cause);
    }

    private final URI url;
    private final Terms terms;
    private final Owner owner;
    private final Heartbeats heartbeats;
    private final BufferingStompDecoder decoder = new BufferingStompDecoder(new StompDecoder(), MAX_MESSAGE);
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Written once, by the thread that made the handshake. */
    private volatile @Nullable WebSocketSession session;

    private volatile boolean connected;

    StompConnection(URI url, Terms terms, Owner owner) {
        this.url = url;
        this.terms = terms;
        this.owner = owner;
        this.heartbeats =
                new Heartbeats(terms.scheduler(), terms.executor(), () -> send(StompFrames.heartbeat()), this::end);
    }

    URI url() {
        return url;
    }

    /** Begins the handshake. */
    void start() {
        inBackground(this::open, () -> log.debug("No thread to connect to {}", url));
    }

    private void open() {
        try {
            terms.scheduler().schedule(this::checkConnected, terms.connectTimeout());
            WebSocketHttpHeaders headers = new WebSocketHttpHeaders();
            headers.setSecWebSocketProtocol(List.of("v12.stomp", "v11.stomp"));
            terms.handshakeHeaders().accept(headers);
            terms.client().execute(this, headers, url).whenComplete((opened, error) -> {
                if (error != null) {
                    end(ConnectionTrouble.notOpened(error));
                }
            });
        } catch (RuntimeException e) {
            end(e);
        }
    }

    private void checkConnected() {
        if (!connected) {
            long millis = terms.connectTimeout().toMillis();
            end(new TimeoutException("no answer to the STOMP CONNECT within " + millis + " ms"));
        }
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession opened) {
        opened.setTextMessageSizeLimit(MAX_MESSAGE);
        opened.setBinaryMessageSizeLimit(MAX_MESSAGE);
        session = new ConcurrentWebSocketSessionDecorator(opened, MAX_SEND_MILLIS, MAX_UNSENT);
        if (ended.get()) {
            closeSocket();
            return;
        }
        try {
            send(StompFrames.connect(url.getHost(), terms.heartbeat(), terms.connectHeaders()));
        } catch (RuntimeException e) {
            end(e);
        }
    }

    /** Sends a frame, which may block; a failure ends the connection. */
    void send(TextMessage frame) {
        WebSocketSession open = session;
        if (open == null || ended.get()) {
            return;
        }
        try {
            open.sendMessage(frame);
        } catch (IOException | RuntimeException e) {
            end(e);
        }
    }

    @Override
    protected void handleTextMessage(WebSocketSession from, TextMessage message) {
        received(ByteBuffer.wrap(message.asBytes()));
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession from, BinaryMessage message) {
        received(message.getPayload());
    }

    private void received(ByteBuffer bytes) {
        heartbeats.heard();
        try {
            for (Message<byte[]> message : decoder.decode(bytes)) {
                StompHeaderAccessor frame = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
                if (frame != null && frame.getCommand() != null && !ended.get()) {
                    received(frame.getCommand(), frame, message.getPayload());
                }
            }
        } catch (RuntimeException e) {
            end(e);
        }
    }

    private void received(StompCommand command, StompHeaderAccessor frame, byte[] body) {
        switch (command) {
            case CONNECTED -> connected(frame);
            case MESSAGE -> owner.message(this, frame.getSubscriptionId(), body);
            case RECEIPT -> {
                String receiptId = frame.getReceiptId();
                if (receiptId != null) {
                    owner.confirmed(this, receiptId);
                }
            }
            case ERROR -> end(StompErrorException.of(frame, body));
            default -> log.debug("{} sent a {} frame, which only clients send", url, command);
        }
    }

    private void connected(StompHeaderAccessor frame) {
        if (connected) {
            // once is enough: each would have every topic subscribed again
            return;
        }
        connected = true;
        heartbeats.start(terms.heartbeat(), frame.getHeartbeat());
        owner.connected(this);
    }

    @Override
    public void handleTransportError(WebSocketSession from, Throwable error) {
        end(error);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession from, CloseStatus status) {
        end(ConnectionTrouble.closed(status));
    }

    /** One loss shows itself several times (a failed send, a transport error, a close): the first counts. */
    private void end(Throwable cause) {
        if (ended.compareAndSet(false, true)) {
            heartbeats.stop();
            inBackground(this::closeSocket, this::leaveOpen);
            owner.ended(this, cause);
        }
    }

    /** Says good-bye. The owner hears nothing of it. */
    void disconnect() {
        if (ended.compareAndSet(false, true)) {
            heartbeats.stop();
            inBackground(this::sayGoodBye, this::leaveOpen);
        }
    }

    /* The transport is closed, and its container ends the socket. */
    private void leaveOpen() {
        log.debug("No thread to close the connection to {}", url);
    }

    private void sayGoodBye() {
        WebSocketSession open = session;
        if (open != null && connected) {
            try {
                open.sendMessage(StompFrames.disconnect());
            } catch (IOException | RuntimeException e) {
                log.debug("No farewell to {}", url, e);
            }
        }
        closeSocket();
    }

    private void closeSocket() {
        WebSocketSession open = session;
        if (open != null) {
            try {
                open.close(CloseStatus.NORMAL);
            } catch (IOException | RuntimeException e) {
                log.debug("Closing the connection to {} failed", url, e);
            }
        }
    }

    /** Runs on the executor what may block; if that refuses, the connection is ended. */
    void inBackground(Runnable task, Runnable ifRefused) {
        try {
            terms.executor().execute(task);
        } catch (RuntimeException | Error e) {
            ifRefused.run();
            end(e);
        }
    }
}
