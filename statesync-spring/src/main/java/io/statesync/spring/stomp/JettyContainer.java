package io.statesync.spring.stomp;

import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.ee11.websocket.jakarta.client.JakartaWebSocketClientContainer;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's container for clients, made by hand: by itself it has threads that keep a process from ending, ends with the
 * process's shutdown hooks and so before the application, and does not look at the certificates that the handshake is given.
 */
final class JettyContainer extends JakartaWebSocketClientContainer {

    private static final String THREADS = "statesync-jetty";

    private JettyContainer(HttpClient http, Executor threads) {
        super(
                new WebSocketComponents(null, null, null, null, null, threads),
                components -> new WebSocketCoreClient(http, components));
    }

    /** A started one; to be stopped by who has it. */
    static JettyContainer start(@Nullable SSLContext sslContext) {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName(THREADS);
        threads.setDaemon(true);
        ClientConnector connector = new ClientConnector();
        if (sslContext != null) {
            SslContextFactory.Client certificates = new SslContextFactory.Client();
            certificates.setSslContext(sslContext);
            connector.setSslContextFactory(certificates);
        }
        HttpClient http = new HttpClient(new HttpClientTransportOverHTTP(connector));
        http.setExecutor(threads);
        http.setScheduler(new ScheduledExecutorScheduler(THREADS + "-scheduler", true));
        JettyContainer container = new JettyContainer(http, threads);
        LifeCycle.start(container);
        return container;
    }

    /** Would tie it to a shutdown hook, or to the web application around. */
    @Override
    protected void doClientStart() {}

    /** Would undo that. */
    @Override
    protected void doClientStop() {}
}
