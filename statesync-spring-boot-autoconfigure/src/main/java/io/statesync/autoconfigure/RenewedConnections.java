package io.statesync.autoconfigure;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Connections with the certificates of now: when their bundle is reloaded, requests that begin later use the new ones. What
 * is on its way has until the next reload to end, so that no more than two sets of connections, some with threads, are ever
 * kept. Safe for use by any thread.
 */
final class RenewedConnections implements ClientHttpRequestFactory, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(RenewedConnections.class);

    private final Function<SslBundle, ClientHttpRequestFactory> factories;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private @Nullable ClientHttpRequestFactory former;
    private boolean destroyed;

    /** Written under the lock. */
    private volatile ClientHttpRequestFactory current;

    RenewedConnections(SslBundle bundle, Function<SslBundle, ClientHttpRequestFactory> factories) {
        this.factories = factories;
        this.current = factories.apply(bundle);
    }

    /** To be told of reloads. Bundles keep whom they tell for ever, so this does not keep the connections. */
    Consumer<SslBundle> renewing() {
        WeakReference<RenewedConnections> connections = new WeakReference<>(this);
        return bundle -> {
            RenewedConnections present = connections.get();
            if (present != null) {
                present.renew(bundle);
            }
        };
    }

    private void renew(SslBundle bundle) {
        ClientHttpRequestFactory fresh = factories.apply(bundle);
        @Nullable ClientHttpRequestFactory done;
        lock.lock();
        try {
            if (destroyed) {
                done = fresh;
            } else {
                done = former;
                former = current;
                current = fresh;
            }
        } finally {
            lock.unlock();
        }
        destroy(done);
    }

    @Override
    public void destroy() {
        @Nullable ClientHttpRequestFactory before;
        lock.lock();
        try {
            if (destroyed) {
                return;
            }
            destroyed = true;
            before = former;
            former = null;
        } finally {
            lock.unlock();
        }
        destroy(before);
        destroy(current);
    }

    private static void destroy(@Nullable ClientHttpRequestFactory done) {
        if (done instanceof DisposableBean threads) {
            try {
                threads.destroy();
            } catch (Exception e) {
                log.warn("Connections with former certificates could not be closed", e);
            }
        }
    }

    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
        return current.createRequest(uri, method);
    }
}
