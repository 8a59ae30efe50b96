package io.statesync.autoconfigure;

import io.statesync.spring.redis.RedisServer;
import java.io.IOException;
import java.util.List;

/** Announcements over a Redis that holds neither data nor revisions. */
class RedisAnnouncementsIT extends AnnouncementsContract {

    private RedisServer server;

    @Override
    protected String transport() {
        return "redis";
    }

    @Override
    protected List<String> address() {
        return List.of("--spring.data.redis.port=" + server.port(), "--spring.data.redis.timeout=1s");
    }

    @Override
    protected String refusal() {
        return "could not announce revision";
    }

    @Override
    protected void openServer() throws IOException {
        server = new RedisServer();
    }

    @Override
    protected void killServer() {
        server.kill();
    }

    @Override
    protected void startServer() throws IOException {
        server.start();
    }

    @Override
    protected void closeServer() {
        server.close();
    }
}
