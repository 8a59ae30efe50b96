package io.statesync.mutation.jdbc;

import java.sql.SQLException;

/** Another node has the store, and renews its lease. */
final class StoreInUseException extends SQLException {

    private static final long serialVersionUID = 1L;

    StoreInUseException(String message) {
        super(message);
    }
}
