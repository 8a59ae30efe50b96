package io.statesync.spring.jdbc;

import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A process that changes a topic, commits, and dies before anything else happens. */
final class DyingWriter {

    static final String DATA = "written by the dead";

    /** How it ends. */
    static final int DIED = 9;

    private DyingWriter() {}

    public static void main(String[] arguments) {
        DriverManagerDataSource database = new DriverManagerDataSource(arguments[0], "postgres", "");
        TestSource source = arguments[1].equals("announcing")
                ? TestSource.on(database, new PostgresPublisher(database, PostgresChannel.DEFAULT))
                : TestSource.on(database);
        source.transaction().executeWithoutResult(status -> {
            source.store().put("prices", DATA);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    // no shutdown hook, no finally: what kill -9 leaves of a process
                    Runtime.getRuntime().halt(DIED);
                }
            });
        });
    }
}
