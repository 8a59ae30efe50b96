package io.statesync.spring.jdbc;

import java.nio.charset.StandardCharsets;

/**
 * The channel that carries the invalidations of all topics; applications that share a database and are not to hear each
 * other have one each.
 *
 * @param name its name, at most 63 bytes
 */
public record PostgresChannel(String name) {

    private static final int LONGEST = 63;

    /** The channel where none is named. */
    public static final PostgresChannel DEFAULT = new PostgresChannel("statesync");

    public PostgresChannel {
        if (name.isBlank() || name.indexOf('\0') >= 0 || name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no name of a PostgreSQL channel: it has 1 to " + LONGEST + " bytes");
        }
    }

    /** As it is written in a statement. */
    String quoted() {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
