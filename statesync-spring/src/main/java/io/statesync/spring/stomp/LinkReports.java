package io.statesync.spring.stomp;

import io.statesync.ProtocolException;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.SyncPhase;
import io.statesync.policy.LimitedExecutor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what links report: to the application's listeners, in order, and to the log, at DEBUG. */
final class LinkReports implements LinkOwner {

    private static final Logger log = LoggerFactory.getLogger(LinkReports.class);
    private static final int SHOWN = 1024;

    /** What becomes of a refused topic. */
    interface Refusals {
        void refused(TopicSubscription subscription, URI url, Throwable cause);
    }

    private final String name;
    private final Executor inOrder;
    private final StompConnectionListener connection;
    private final SyncListener errors;
    private final Refusals refusals;

    LinkReports(StompTransportBuilder settings, Executor executor, Refusals refusals) {
        this(settings.name, new LimitedExecutor(executor, 1), settings.connectionListener, settings.listener, refusals);
    }

    private LinkReports(
            String name, Executor inOrder, StompConnectionListener connection, SyncListener errors, Refusals refusals) {
        this.name = name;
        this.inOrder = inOrder;
        this.connection = connection;
        this.errors = errors;
        this.refusals = refusals;
    }

    /** Reports for the connection of refused topics, whose coming and going is no operator's concern. */
    LinkReports ofQuarantine() {
        return new LinkReports(name + " (refused topics)", inOrder, StompConnectionListener.NONE, errors, refusals);
    }

    @Override
    public void connected(URI url) {
        log.debug("Source {}: connected to {}", name, url);
        tell(() -> connection.onConnected(url));
    }

    @Override
    public void lost(URI url, Throwable cause) {
        log.debug("Source {}: lost the connection to {}", name, url, cause);
        tell(() -> connection.onConnectionLost(url, cause));
    }

    @Override
    public void connectFailed(URI url, Throwable cause, int failures, Duration nextDelay) {
        log.debug("Source {}: attempt {} to connect to {} failed", name, failures, url, cause);
        tell(() -> connection.onConnectFailed(url, cause, failures, nextDelay));
    }

    @Override
    public void refused(TopicSubscription subscription, URI url, Throwable cause) {
        log.debug("Source {}: {} refused topic {}", name, url, subscription.topic(), cause);
        refusals.refused(subscription, url, cause);
    }

    @Override
    public void unconfirmed(URI url, int count) {
        log.info(
                "Source {}: {} confirms no subscriptions; {} count as active, and probes cover what they miss",
                name,
                url,
                count);
    }

    @Override
    public void misaddressed(byte[] payload) {
        String shown = new String(payload, 0, Math.min(payload.length, SHOWN), StandardCharsets.UTF_8);
        ProtocolException error = new ProtocolException("a STOMP message of source " + name + " names no subscription");
        tell(() -> errors.onError(
                new SyncErrorContext(SyncPhase.PROTOCOL, null, error, null, null, null, null, shown, 0, false, null)));
    }

    private void tell(Runnable report) {
        try {
            inOrder.execute(() -> guarded(report));
        } catch (RejectedExecutionException e) {
            log.debug("Source {}: the transport is closed, nobody is told", name, e);
        }
    }

    private void guarded(Runnable report) {
        try {
            report.run();
        } catch (RuntimeException e) {
            log.warn("A listener of source {} threw", name, e);
        }
    }
}
