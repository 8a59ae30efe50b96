package io.statesync.spring.stomp;

import org.springframework.http.HttpHeaders;

/** Adds headers, such as credentials, to the handshakes of web sockets. In a Spring application all beans of this type are asked. */
@FunctionalInterface
public interface StompHandshakeCustomizer {

    /**
     * Called for each attempt to connect, so that credentials may be fresh; may block, and runs on a thread of the
     * transport. What it throws fails the attempt, which is tried again.
     *
     * @param source the name of the source under {@code statesync.sources}
     * @param handshake the headers of the request, such as {@code Authorization}
     */
    void customize(String source, HttpHeaders handshake);
}
