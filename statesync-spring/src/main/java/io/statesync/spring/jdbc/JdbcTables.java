package io.statesync.spring.jdbc;

import java.util.regex.Pattern;

/**
 * What StateSync's tables are called.
 *
 * @param prefix what their names begin with, with a schema if need be: {@code statesync_}, {@code shop.statesync_}
 */
public record JdbcTables(String prefix) {

    /* it stands in statements as it is */
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z_][A-Za-z0-9_$]*\\.)?[A-Za-z_][A-Za-z0-9_$]*");

    /** The names that the scripts {@code schema-<platform>.sql} give them. */
    public static final JdbcTables DEFAULT = new JdbcTables("statesync_");

    public JdbcTables {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("\"" + prefix + "\" is no prefix of table names: letters, digits and _,"
                    + " with a schema and a dot before them if need be, such as \"shop.statesync_\"");
        }
    }

    /** The newest revision of each topic. */
    String revision() {
        return prefix + "revision";
    }

    /** The data of each topic. */
    String snapshot() {
        return prefix + "snapshot";
    }

    /** The persisted snapshot of each topic. */
    String record() {
        return prefix + "record";
    }

    /** Of each topic the newest record that could not be used. */
    String recordAside() {
        return prefix + "record_aside";
    }

    /** The keys of the changes that were made. */
    String idempotency() {
        return prefix + "idempotency";
    }
}
