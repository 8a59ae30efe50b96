package io.statesync.spring.stomp;

import io.statesync.policy.Backoff;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How a link connects, and how patient it is.
 *
 * @param urls tried in turn
 * @param backoff how long to wait before the next attempt
 * @param receiptTimeout how long a silent server may leave subscriptions unconfirmed
 * @param idleTimeout how long a connection without subscriptions is kept
 * @param keepsRefused whether a topic that was active before it was refused is tried again on this link
 */
record LinkTerms(
        List<URI> urls,
        StompConnection.Terms connection,
        Backoff backoff,
        Duration receiptTimeout,
        Duration idleTimeout,
        boolean keepsRefused) {}
