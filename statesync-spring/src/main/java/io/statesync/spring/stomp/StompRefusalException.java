package io.statesync.spring.stomp;

/** A source refused the subscription of a topic: it does not know it, does not expose it, or not to this client. */
public final class StompRefusalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StompRefusalException(String topic, Object url, Throwable cause) {
        super(
                "the source at " + url + " refused the subscription of topic \"" + topic + "\": " + cause.getMessage(),
                cause);
    }
}
