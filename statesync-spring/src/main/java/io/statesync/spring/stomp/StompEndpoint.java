package io.statesync.spring.stomp;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Leads each session to the broker that ran when it was opened. Without one it answers 503: the web server listens earlier
 * and longer than a broker runs, and a CONNECT in between would never be answered.
 */
final class StompEndpoint implements HandshakeInterceptor, WebSocketHandler, SubProtocolCapable {

    private static final String HANDLER = StompEndpoint.class.getName() + ".handler";
    private static final List<String> PROTOCOLS = List.of("v12.stomp", "v11.stomp", "v10.stomp");

    private final Supplier<@Nullable StompBroker> broker;

    StompEndpoint(Supplier<@Nullable StompBroker> broker) {
        this.broker = broker;
    }

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes) {
        StompBroker running = broker.get();
        if (running == null) {
            response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
            return false;
        }
        attributes.put(HANDLER, running.sockets());
        return true;
    }

    @Override
    public void afterHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            @Nullable Exception failure) {
        // nothing to undo
    }

    @Override
    public List<String> getSubProtocols() {
        return PROTOCOLS;
    }

    private static WebSocketHandler handlerOf(WebSocketSession session) {
        if (session.getAttributes().get(HANDLER) instanceof WebSocketHandler handler) {
            return handler;
        }
        throw new IllegalStateException("session " + session.getId() + " was opened without a broker");
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws Exception {
        handlerOf(session).afterConnectionEstablished(session);
    }

    @Override
    public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) throws Exception {
        handlerOf(session).handleMessage(session, message);
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable failure) throws Exception {
        handlerOf(session).handleTransportError(session, failure);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws Exception {
        handlerOf(session).afterConnectionClosed(session, status);
    }

    @Override
    public boolean supportsPartialMessages() {
        return false;
    }
}
