package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.mock.http.client.MockClientHttpRequest;

/** What becomes of connections when their certificates are reloaded, again and again. */
class RenewedConnectionsTest {

    private static final SslBundle BUNDLE = SslBundle.of(SslStoreBundle.NONE);

    private final List<Threads> made = new ArrayList<>();
    private final RenewedConnections connections = new RenewedConnections(BUNDLE, bundle -> new Threads(made));
    private final Consumer<SslBundle> reload = connections.renewing();

    @Test
    void requestsThatBeginLaterUseTheNewOnes() throws Exception {
        reload.accept(BUNDLE);

        connections.createRequest(URI.create("https://shop"), HttpMethod.GET);

        assertThat(made).extracting(threads -> threads.requests).containsExactly(0, 1);
    }

    @Test
    void whatIsOnItsWayHasUntilTheNextReloadToEndAndNoMoreThanTwoSetsAreKept() {
        reload.accept(BUNDLE);
        assertThat(made).extracting(threads -> threads.destroyed).containsExactly(false, false);

        for (int i = 0; i < 8; i++) {
            reload.accept(BUNDLE);
        }

        assertThat(made).hasSize(10);
        assertThat(made).filteredOn(threads -> !threads.destroyed).containsExactly(made.get(8), made.get(9));
    }

    @Test
    void atTheEndAllAreDestroyedAndAReloadThatComesLaterLeavesNothing() {
        reload.accept(BUNDLE);

        connections.destroy();
        reload.accept(BUNDLE);
        connections.destroy();

        assertThat(made).hasSize(3).allMatch(threads -> threads.destroyed);
    }

    private static final class Threads implements ClientHttpRequestFactory, DisposableBean {

        private int requests;
        private boolean destroyed;

        Threads(List<Threads> made) {
            made.add(this);
        }

        @Override
        public ClientHttpRequest createRequest(URI uri, HttpMethod method) {
            requests++;
            return new MockClientHttpRequest(method, uri);
        }

        @Override
        public void destroy() {
            destroyed = true;
        }
    }
}
