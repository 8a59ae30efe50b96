package io.statesync.spring.http;

/** Too many ask at once: this request is answered with 503 and a {@code Retry-After}. */
final class TurnedAway extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TurnedAway(String message) {
        super(message);
    }
}
