package io.statesync.spring.stomp;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.client.WebSocketClient;

/** Lets a client connect to nothing, and then says what a test wants, on the caller's thread. */
final class HostileServer implements WebSocketClient {

    private @Nullable WebSocketHandler client;
    private @Nullable FakeSocket socket;

    @Override
    public CompletableFuture<WebSocketSession> execute(WebSocketHandler handler, String url, @Nullable Object... vars) {
        return execute(handler, null, URI.create(url));
    }

    @Override
    public CompletableFuture<WebSocketSession> execute(
            WebSocketHandler handler, @Nullable WebSocketHttpHeaders headers, URI uri) {
        FakeSocket opened = new FakeSocket((closed, status) -> tellClosed(handler, closed, status));
        client = handler;
        socket = opened;
        try {
            handler.afterConnectionEstablished(opened);
            return CompletableFuture.completedFuture(opened);
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void tellClosed(WebSocketHandler handler, FakeSocket closed, CloseStatus status) {
        try {
            handler.afterConnectionClosed(closed, status);
        } catch (Exception e) {
            throw new AssertionError("a client that does not take its own end", e);
        }
    }

    boolean isConnected() {
        return socket != null && socket.isOpen();
    }

    /** The id of the subscription that was asked for last on the newest connection. */
    String lastSubscription() {
        return socket == null ? "none" : socket.lastSubscription();
    }

    void say(WebSocketMessage<?> message) throws Exception {
        if (client != null && socket != null) {
            client.handleMessage(socket, message);
        }
    }

    void close() {
        if (socket != null) {
            socket.close(CloseStatus.SERVER_ERROR);
        }
    }
}
