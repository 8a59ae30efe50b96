package io.statesync.spring.stomp;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link StompTransport} knows about its connection now: for health. Neither connected nor an error: it connects, or
 * has no subscription.
 *
 * @param connected whether the server answered the STOMP CONNECT of the present connection
 * @param url the URL that it is connected to, or tried last; null before the first attempt
 * @param failures how many attempts failed since it was last connected for a while
 * @param lastError why it is not connected; null while it is, or was never tried
 */
public record StompConnectionState(
        boolean connected,
        @Nullable URI url,
        int failures,
        @Nullable Throwable lastError) {}
