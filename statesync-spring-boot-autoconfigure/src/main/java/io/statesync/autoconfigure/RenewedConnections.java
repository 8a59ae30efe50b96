package io.statesync.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.util.function.Function;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Connections with the certificates of now: when their bundle is reloaded, requests that begin later use the new ones. What
 * is on its way ends with the old ones. Safe for use by any thread.
 */
final class RenewedConnections implements ClientHttpRequestFactory {

    private final Function<SslBundle, ClientHttpRequestFactory> factories;
    private volatile ClientHttpRequestFactory current;

    RenewedConnections(SslBundle bundle, Function<SslBundle, ClientHttpRequestFactory> factories) {
        this.factories = factories;
        this.current = factories.apply(bundle);
    }

    void renew(SslBundle bundle) {
        current = factories.apply(bundle);
    }

    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
        return current.createRequest(uri, method);
    }
}
