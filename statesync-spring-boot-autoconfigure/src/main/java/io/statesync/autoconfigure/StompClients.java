package io.statesync.autoconfigure;

import io.statesync.InvalidationSubscriber;
import io.statesync.policy.Scheduler;
import io.statesync.spring.SourceLog;
import io.statesync.spring.SourceSettings;
import io.statesync.spring.TopicBeans;
import io.statesync.spring.stomp.StompConnectionListener;
import io.statesync.spring.stomp.StompHandshakeCustomizer;
import io.statesync.spring.stomp.StompTransport;
import io.statesync.spring.stomp.StompTransportBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;

/** One STOMP connection per source, with the source's settings. */
record StompClients(
        Scheduler scheduler,
        TopicBeans topics,
        ObjectProvider<StompHandshakeCustomizer> handshakes,
        ObjectProvider<SslBundles> bundles) {

    InvalidationSubscriber open(SourceSettings source, SourceLog log) {
        List<String> urls = source.urls().stream().map(URI::toString).toList();
        StompTransportBuilder transport = StompTransport.to(urls)
                .path(source.path())
                .name(source.name())
                .scheduler(scheduler)
                .connectTimeout(source.connectTimeout())
                .heartbeat(source.connection().heartbeat())
                .receiptTimeout(source.connection().receiptTimeout())
                .backoff(source.connection().reconnect())
                .handshakeHeaders(
                        headers -> handshakes.orderedStream().forEach(it -> it.customize(source.name(), headers)))
                .connectionListener(new Reporting(log))
                .listener(new StrayMessages(topics));
        String bundle = source.sslBundle();
        if (bundle != null) {
            // found out now whether there is one; what it holds is read at each attempt, since it may be reloaded
            SslBundleNames.of(source, bundle, bundles);
            transport.sslContext(
                    () -> SslBundleNames.of(source, bundle, bundles).createSslContext());
        }
        return transport.build();
    }

    private record Reporting(SourceLog log) implements StompConnectionListener {

        @Override
        public void onConnected(URI url) {
            log.connected();
        }

        @Override
        public void onConnectionLost(URI url, Throwable cause) {
            log.disconnected(cause);
        }

        @Override
        public void onConnectFailed(URI url, Throwable cause, int failures, Duration nextDelay) {
            log.disconnected(cause);
        }
    }
}
