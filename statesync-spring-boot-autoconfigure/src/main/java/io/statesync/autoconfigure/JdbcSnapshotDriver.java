package io.statesync.autoconfigure;

import io.statesync.spring.SnapshotDriver;
import io.statesync.spring.SnapshotSource;
import io.statesync.spring.SourceSettings;
import io.statesync.spring.jdbc.JdbcSnapshotSource;
import io.statesync.spring.jdbc.JdbcTables;
import io.statesync.spring.json.SnapshotCodec;

/** Reads sources from tables of the application's database. */
record JdbcSnapshotDriver(Databases databases, JdbcTables tables, SnapshotCodec codec) implements SnapshotDriver {

    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public SnapshotSource open(SourceSettings source) {
        return new JdbcSnapshotSource(
                databases.require("statesync.sources." + source.name() + ".snapshots=jdbc"),
                tables,
                codec,
                source.readTimeout(),
                source.maxSnapshotSize());
    }
}
