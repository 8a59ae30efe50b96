package io.statesync.mutation.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** Where connections come from, and what makes it this process's. */
interface Database {

    /** What it is called in messages. */
    String name();

    /** Makes it this process's as far as that can be had without asking the database. */
    void own() throws IOException;

    /** A new connection. */
    Connection connect() throws SQLException;

    /** Ends what {@link #own} began. Idempotent. */
    void release();
}
