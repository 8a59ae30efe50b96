package io.statesync.mutation.jdbc;

/** A record is not what was written. The message says what is wrong with it. */
final class DamagedRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    DamagedRecordException(String message) {
        super(message);
    }

    DamagedRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
