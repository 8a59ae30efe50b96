package io.statesync.spring.stomp;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.Lifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Answers 503 while there is no broker. The web server listens earlier and longer than the broker runs, and a CONNECT in
 * between would never be answered.
 */
record RunningInterceptor(Lifecycle server) implements HandshakeInterceptor {

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes) {
        if (!server.isRunning()) {
            response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
        }
        return server.isRunning();
    }

    @Override
    public void afterHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            @Nullable Exception failure) {
        // nothing to undo
    }
}
