package io.statesync.persistence;

import java.io.IOException;

/**
 * A record is intact, and cannot be read with what is configured here: a newer format, another compression, a missing key. It
 * is not applied, and stays where it is.
 */
public final class UnsupportedRecordException extends IOException {

    private static final long serialVersionUID = 1L;

    public UnsupportedRecordException(String message) {
        super(message);
    }
}
