package io.statesync.autoconfigure.fabric;

import io.statesync.spring.redis.RedisServer;
import java.io.IOException;
import java.util.List;

/** A Redis for the announcements, the sources' web servers for the snapshots. */
class RedisFabricIT extends FabricContract {

    private RedisServer redis;

    @Override
    protected List<String> sourceProperties() {
        return List.of(
                "statesync.announce=redis",
                "spring.data.redis.host=127.0.0.1",
                "spring.data.redis.port=" + serverPort(),
                "spring.data.redis.timeout=1s");
    }

    @Override
    protected List<String> replicaProperties(int port, String urls) {
        return List.of(
                "statesync.sources.shop.events=redis",
                "statesync.sources.shop.urls=" + urls,
                "spring.data.redis.host=127.0.0.1",
                "spring.data.redis.port=" + port,
                "spring.data.redis.timeout=1s",
                "spring.datasource.url=jdbc:h2:mem:unused");
    }

    @Override
    protected void openServer() throws IOException {
        redis = new RedisServer();
    }

    @Override
    protected int serverPort() {
        return redis.port();
    }

    @Override
    protected void restartServer() throws IOException {
        redis.kill();
        redis.start();
    }

    @Override
    protected void closeServer() {
        redis.close();
    }
}
