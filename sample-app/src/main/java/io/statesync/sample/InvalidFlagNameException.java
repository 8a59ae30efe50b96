package io.statesync.sample;

/** No feature flag can be called so. */
final class InvalidFlagNameException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidFlagNameException(String message) {
        super(message);
    }
}
