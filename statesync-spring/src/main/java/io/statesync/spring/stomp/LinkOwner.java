package io.statesync.spring.stomp;

import java.net.URI;
import java.time.Duration;

/** What a link reports, never under its lock. */
interface LinkOwner {

    void connected(URI url);

    void lost(URI url, Throwable cause);

    void connectFailed(URI url, Throwable cause, int failures, Duration nextDelay);

    /** A server refused the subscription, which is on no link now. */
    void refused(TopicSubscription subscription, URI url, Throwable cause);

    /** So many subscriptions got neither a receipt nor a refusal in time, and count as active. */
    void unconfirmed(URI url, int count);

    /** A message without a subscription came. */
    void misaddressed(byte[] payload);
}
