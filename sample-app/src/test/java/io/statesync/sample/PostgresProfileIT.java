package io.statesync.sample;

import io.statesync.spring.jdbc.PostgresServer;
import java.io.IOException;

/** The profile {@code postgres}. */
class PostgresProfileIT extends SharedTruthContract {

    private PostgresServer postgres;

    PostgresProfileIT() {
        super("postgres");
    }

    @Override
    void startServer() throws IOException {
        postgres = new PostgresServer();
    }

    @Override
    void stopServer() throws IOException {
        postgres.close();
    }

    @Override
    String server() {
        return "--spring.datasource.url=" + postgres.url();
    }
}
