package io.statesync.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Connections with the certificates of now: when their bundle is reloaded, requests that begin later use the new ones. What
 * is on its way ends with the old ones, so all are destroyed at the end. Safe for use by any thread.
 */
final class RenewedConnections implements ClientHttpRequestFactory, DisposableBean {

    private final Function<SslBundle, ClientHttpRequestFactory> factories;
    private final Queue<DisposableBean> disposable = new ConcurrentLinkedQueue<>();
    private volatile ClientHttpRequestFactory current;

    RenewedConnections(SslBundle bundle, Function<SslBundle, ClientHttpRequestFactory> factories) {
        this.factories = factories;
        this.current = made(bundle);
    }

    void renew(SslBundle bundle) {
        current = made(bundle);
    }

    private ClientHttpRequestFactory made(SslBundle bundle) {
        ClientHttpRequestFactory factory = factories.apply(bundle);
        if (factory instanceof DisposableBean threads) {
            disposable.add(threads);
        }
        return factory;
    }

    @Override
    public void destroy() throws Exception {
        for (DisposableBean threads : disposable) {
            threads.destroy();
        }
    }

    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
        return current.createRequest(uri, method);
    }
}
