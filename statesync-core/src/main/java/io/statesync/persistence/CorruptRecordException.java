package io.statesync.persistence;

import java.io.IOException;

/** A record is damaged, or is not what its topic's persistence may trust. It is set aside. */
public final class CorruptRecordException extends IOException {

    private static final long serialVersionUID = 1L;

    public CorruptRecordException(String message) {
        super(message);
    }

    public CorruptRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
