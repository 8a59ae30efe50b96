package io.statesync.autoconfigure;

import io.statesync.spring.SourceSettings;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Clients as the application has them, with the time-outs and the certificates of a source.
 *
 * @param clients the application's builder, with its customizers
 * @param factories how the application makes connections
 * @param settings what holds for all of them
 * @param bundles certificates by name
 */
record HttpClients(
        ObjectProvider<RestClient.Builder> clients,
        ObjectProvider<ClientHttpRequestFactoryBuilder<?>> factories,
        ObjectProvider<HttpClientSettings> settings,
        ObjectProvider<SslBundles> bundles) {

    /** How connections to a source are made; to be destroyed if it is a {@code DisposableBean}. */
    ClientHttpRequestFactory connections(SourceSettings source) {
        HttpClientSettings own = settings.getIfAvailable(HttpClientSettings::defaults)
                .withTimeouts(source.connectTimeout(), source.readTimeout());
        ClientHttpRequestFactoryBuilder<?> factory = factories.getIfAvailable(ClientHttpRequestFactoryBuilder::detect);
        String bundle = source.sslBundle();
        if (bundle == null) {
            return factory.build(own);
        }
        SslBundle first = SslBundleNames.of(source, bundle, bundles);
        RenewedConnections connections = new RenewedConnections(first, now -> factory.build(own.withSslBundle(now)));
        Consumer<SslBundle> renewing = connections.renewing();
        bundles.getObject().addBundleUpdateHandler(bundle, renewing);
        SslBundle now = SslBundleNames.of(source, bundle, bundles);
        if (now != first) {
            // reloaded before it could be told
            renewing.accept(now);
        }
        return connections;
    }

    RestClient.Builder over(ClientHttpRequestFactory connections) {
        return clients.getIfAvailable(RestClient::builder).clone().requestFactory(connections);
    }
}
