package io.statesync.spring.stomp;

import java.net.URI;
import java.time.Duration;

/**
 * Hears of the connection of a {@link StompTransport}, one call at a time and in order, on one of its threads. What it
 * throws is logged. The transport itself logs at DEBUG only, so this is where an application tells an operator.
 */
public interface StompConnectionListener {

    /** Hears nothing. */
    StompConnectionListener NONE = new StompConnectionListener() {};

    /** The server accepted the connection; subscriptions follow. */
    default void onConnected(URI url) {}

    /**
     * The connection was lost; it is tried again, also elsewhere. Called once per loss; not for the end of a connection with
     * which a server refuses a topic, of which that topic's subscription hears.
     */
    default void onConnectionLost(URI url, Throwable cause) {}

    /** An attempt failed. Called for each one. */
    default void onConnectFailed(URI url, Throwable cause, int failures, Duration nextDelay) {}
}
