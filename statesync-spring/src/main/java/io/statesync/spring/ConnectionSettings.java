package io.statesync.spring;

import io.statesync.policy.Backoff;
import java.time.Duration;

/**
 * How a transport keeps its connection to a source.
 *
 * @param heartbeat how often each side sends a sign of life
 * @param receiptTimeout how long to wait for the receipt of a subscription before the source counts as one that sends none
 * @param reconnect how soon a lost connection is tried again
 */
public record ConnectionSettings(Duration heartbeat, Duration receiptTimeout, Backoff reconnect) {

    /** Signs of life and receipts within 5 s, reconnects after 100 ms to 10 s. */
    static final ConnectionSettings DEFAULT =
            new ConnectionSettings(Duration.ofSeconds(5), Duration.ofSeconds(5), Backoff.RECONNECT);
}
