package io.statesync.mutation.jdbc;

/** A record is not what was written. The message says what is wrong with it, in one line whatever the record holds. */
final class DamagedRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    DamagedRecordException(String message) {
        super(line(message));
    }

    DamagedRecordException(String message, Throwable cause) {
        super(line(message), cause);
    }

    private static String line(String message) {
        return message.replaceAll("\\p{Cc}", "?");
    }
}
