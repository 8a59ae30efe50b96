package io.statesync.autoconfigure;

import io.statesync.source.RevisionCounter;
import io.statesync.spring.CounterDriver;
import io.statesync.spring.jdbc.JdbcRevisionCounter;
import io.statesync.spring.jdbc.JdbcTables;

/** Counts in a table of the application's database. */
record JdbcCounterDriver(Databases databases, JdbcTables tables) implements CounterDriver {

    /** What asks for it. */
    static final String PROPERTY = "statesync.counter=jdbc";

    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public RevisionCounter open() {
        return JdbcRevisionCounter.hybrid(databases.require(PROPERTY), tables);
    }
}
