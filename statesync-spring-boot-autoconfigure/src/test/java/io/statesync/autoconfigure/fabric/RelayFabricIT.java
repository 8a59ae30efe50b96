package io.statesync.autoconfigure.fabric;

import io.statesync.spring.relay.ArtemisServer;
import java.util.List;

/** A broker for the announcements, the sources' web servers for the snapshots. */
class RelayFabricIT extends FabricContract {

    private ArtemisServer broker;

    @Override
    protected List<String> sourceProperties() {
        return List.of(
                "statesync.announce=relay", "statesync.relay.host=127.0.0.1", "statesync.relay.port=" + serverPort());
    }

    @Override
    protected List<String> replicaProperties(int port, String urls) {
        return List.of(
                "statesync.sources.shop.events=relay",
                "statesync.sources.shop.urls=" + urls,
                "statesync.relay.host=127.0.0.1",
                "statesync.relay.port=" + port,
                "statesync.relay.heartbeat=500ms",
                "spring.datasource.url=jdbc:h2:mem:unused");
    }

    @Override
    protected void openServer() throws Exception {
        broker = new ArtemisServer();
    }

    @Override
    protected int serverPort() {
        return broker.port();
    }

    @Override
    protected void restartServer() {
        broker.kill();
        broker.start();
    }

    @Override
    protected void closeServer() {
        broker.close();
    }
}
