package io.statesync.spring.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens a connection that is its caller's alone, for as long as it likes. */
@FunctionalInterface
public interface ConnectionOpener {

    /** Called on a thread of the transport; may block, but not for ever: set a time-out for connecting. */
    Connection open() throws SQLException;
}
