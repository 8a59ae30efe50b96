package io.statesync.sample;

import java.nio.file.Path;

/** The file with the feature flags cannot be used; the message names it. */
final class FlagFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private FlagFileException(String message, Throwable cause) {
        super(message, cause);
    }

    static FlagFileException unreadable(Path path, Exception cause) {
        return new FlagFileException(
                path.toAbsolutePath() + " does not hold feature flags: " + cause.getMessage(), cause);
    }

    static FlagFileException unwritable(Path path, Exception cause) {
        return new FlagFileException(path.toAbsolutePath() + " could not be written: " + cause, cause);
    }
}
