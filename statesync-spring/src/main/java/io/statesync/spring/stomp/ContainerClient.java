package io.statesync.spring.stomp;

import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import java.lang.reflect.Method;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.socket.client.WebSocketClient;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;

/** A WebSocket client with a container of its own, whose threads can be ended. */
final class ContainerClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ContainerClient.class);

    /** What ends a container's threads, for which the Jakarta API has no word: Tomcat's and Tyrus's. */
    private static final String[] ENDINGS = {"destroy", "shutdown"};

    /** Tomcat's, in milliseconds: by default a closed socket waits 30 s for the other side, and a send 20 s. */
    private static final Map<String, Object> LIMITS = Map.of(
            "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT", 2_000L,
            "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", 10_000L);

    private final WebSocketContainer container = ContainerProvider.getWebSocketContainer();
    private final StandardWebSocketClient client = new StandardWebSocketClient(container);

    ContainerClient(@Nullable SSLContext sslContext) {
        client.setSslContext(sslContext);
        client.setUserProperties(LIMITS);
    }

    WebSocketClient client() {
        return client;
    }

    @Override
    public void close() {
        for (String ending : ENDINGS) {
            Method method = ClassUtils.getMethodIfAvailable(container.getClass(), ending);
            if (method != null) {
                ReflectionUtils.invokeMethod(method, container);
                return;
            }
        }
        log.debug("{} has no known way to end its threads", container.getClass());
    }
}
