package io.statesync.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Revisions and snapshots in a database, and PostgreSQL as a transport.
 *
 * @param initializeSchema When to create the tables; "embedded" only in a database that is embedded.
 * @param schema Script that creates the tables; "@@platform@@" stands for the kind of database.
 * @param platform Kind of database in the name of the script; by default the one that is there.
 * @param tablePrefix Beginning of the names of the tables, with a schema if need be; the script has to fit.
 */
record JdbcProperties(
        @DefaultValue("embedded") InitializeSchema initializeSchema,

        @DefaultValue("classpath:io/statesync/spring/jdbc/schema-@@platform@@.sql")
        String schema,

        @Nullable String platform,
        @DefaultValue("statesync_") String tablePrefix) {

    /** As Boot's {@code DatabaseInitializationMode}, which is not always on the class path. */
    enum InitializeSchema {
        EMBEDDED,
        ALWAYS,
        NEVER
    }
}
