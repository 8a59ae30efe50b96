package io.statesync.autoconfigure;

import io.statesync.spring.relay.ArtemisServer;
import java.io.IOException;
import java.util.List;

/** Announcements over a STOMP broker. */
class RelayAnnouncementsIT extends AnnouncementsContract {

    private ArtemisServer server;

    @Override
    protected String transport() {
        return "relay";
    }

    @Override
    protected List<String> address() {
        return List.of(
                "--statesync.relay.host=127.0.0.1",
                "--statesync.relay.port=" + server.port(),
                "--statesync.relay.heartbeat=1s");
    }

    @Override
    protected String refusal() {
        return "could not announce revision";
    }

    @Override
    protected void openServer() throws IOException {
        server = new ArtemisServer();
    }

    @Override
    protected void killServer() {
        server.kill();
    }

    @Override
    protected void startServer() {
        server.start();
    }

    @Override
    protected void closeServer() {
        server.close();
    }
}
