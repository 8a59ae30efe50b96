package io.statesync.autoconfigure.fabric;

import java.util.ArrayList;
import java.util.List;

/** PostgreSQL for everything: announcements, snapshots, counter. */
class PostgresFabricIT extends FabricContract {

    @Override
    protected List<String> sourceProperties() {
        return List.of("statesync.announce=postgres");
    }

    @Override
    protected List<String> replicaProperties(int port, String urls) {
        List<String> properties = new ArrayList<>(databaseAt(port));
        properties.addAll(List.of(
                "statesync.sources.shop.events=postgres",
                "statesync.sources.shop.snapshots=jdbc",
                "statesync.jdbc.initialize-schema=never"));
        return properties;
    }

    @Override
    protected void openServer() {
        // it is the database, and runs already
    }

    @Override
    protected int serverPort() {
        return database().port();
    }

    @Override
    protected void restartServer() throws Exception {
        database().kill();
        database().start();
    }

    @Override
    protected void closeServer() {
        // the database is closed last
    }
}
