package io.statesync.sample;

/** There is no such flag. */
final class UnknownFlagException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownFlagException(FlagName name) {
        super("There is no feature flag \"" + name.value() + "\".");
    }
}
