package io.statesync.mutation.jdbc;

import java.io.IOException;

/** Somebody else has the file. */
final class FileInUseException extends IOException {

    private static final long serialVersionUID = 1L;

    FileInUseException(String message) {
        super(message);
    }
}
