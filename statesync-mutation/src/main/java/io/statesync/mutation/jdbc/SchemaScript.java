package io.statesync.mutation.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

/** The tables, from the script beside this class: each statement may be run again and again. */
final class SchemaScript {

    private SchemaScript() {}

    static void run(Connection connection, Dialect dialect) throws SQLException {
        for (String statement : text(dialect.schema).split(";")) {
            if (!statement.isBlank()) {
                Dialect.run(connection, statement);
            }
        }
    }

    private static String text(String name) throws SQLException {
        try (InputStream in = SchemaScript.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new SQLException("the script " + name + " cannot be read from the jar", e);
        }
    }
}
