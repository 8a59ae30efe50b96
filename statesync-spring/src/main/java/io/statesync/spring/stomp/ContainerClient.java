package io.statesync.spring.stomp;

import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.http.HttpHeaders;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.client.WebSocketClient;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;

/** A WebSocket client with a container of its own, whose threads can be ended. */
final class ContainerClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ContainerClient.class);

    /** What ends a container's threads, for which the Jakarta API has no word: Jetty's (which has the next, too), Tomcat's, Tyrus's. */
    private static final List<String> ENDINGS = List.of("stop", "destroy", "shutdown");

    private static final String JETTY =
            "org.eclipse.jetty.ee11.websocket.jakarta.client.JakartaWebSocketClientContainerProvider";

    /** Tomcat's, in milliseconds: by default a closed socket waits 30 s for the other side, and a send 20 s. */
    private static final Map<String, Object> LIMITS = Map.of(
            "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT", 2_000L,
            "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", 10_000L);

    private final WebSocketContainer container;
    private final StandardWebSocketClient client;

    /**
     * @param executor where handshakes run; to be ended before this is closed, since one that is late starts threads again
     * @param sslContext asked for each handshake, on Jetty once; null for the JVM's own trust
     */
    ContainerClient(Executor executor, @Nullable Supplier<SSLContext> sslContext) {
        container = container(sslContext);
        client = sslContext == null ? new StandardWebSocketClient(container) : new Renewing(container, sslContext);
        client.setTaskExecutor(new TaskExecutorAdapter(executor));
        client.setUserProperties(LIMITS);
    }

    /* The first on the class path, as the Jakarta API chooses. */
    private static WebSocketContainer container(@Nullable Supplier<SSLContext> sslContext) {
        boolean jetty = ServiceLoader.load(ContainerProvider.class).stream()
                .findFirst()
                .map(ServiceLoader.Provider::type)
                .filter(type -> type.getName().equals(JETTY))
                .isPresent();
        if (!jetty) {
            return ContainerProvider.getWebSocketContainer();
        }
        return JettyContainer.start(sslContext == null ? null : sslContext.get());
    }

    WebSocketClient client() {
        return client;
    }

    @Override
    public void close() {
        ending(container.getClass())
                .ifPresentOrElse(
                        method -> ReflectionUtils.invokeMethod(method, container),
                        () -> log.debug("{} has no known way to end its threads", container.getClass()));
    }

    /** The method that ends the threads of a container. */
    static Optional<Method> ending(Class<?> container) {
        return ENDINGS.stream()
                .map(name -> ClassUtils.getMethodIfAvailable(container, name))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Uses the certificates of now, not those of when it was made. */
    private static final class Renewing extends StandardWebSocketClient {

        private final Supplier<SSLContext> sslContext;

        Renewing(WebSocketContainer container, Supplier<SSLContext> sslContext) {
            super(container);
            this.sslContext = sslContext;
        }

        @Override
        protected CompletableFuture<WebSocketSession> executeInternal(
                WebSocketHandler handler,
                HttpHeaders headers,
                URI uri,
                List<String> protocols,
                List<WebSocketExtension> extensions,
                Map<String, Object> attributes) {
            setSslContext(sslContext.get());
            return super.executeInternal(handler, headers, uri, protocols, extensions, attributes);
        }
    }
}
