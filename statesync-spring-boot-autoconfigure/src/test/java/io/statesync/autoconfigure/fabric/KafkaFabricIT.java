package io.statesync.autoconfigure.fabric;

import io.statesync.spring.TestProxy;
import io.statesync.spring.kafka.KafkaServer;
import java.io.IOException;
import java.util.List;

/** A Kafka for the announcements, the sources' web servers for the snapshots. */
class KafkaFabricIT extends FabricContract {

    private KafkaServer kafka;

    @Override
    protected List<String> sourceProperties() {
        return List.of("statesync.announce=kafka", "spring.kafka.bootstrap-servers=127.0.0.1:" + kafka.port());
    }

    @Override
    protected List<String> replicaProperties(int port, String urls) {
        return List.of(
                "statesync.sources.shop.events=kafka",
                "statesync.sources.shop.urls=" + urls,
                "spring.kafka.bootstrap-servers=127.0.0.1:" + port,
                "spring.datasource.url=jdbc:h2:mem:unused");
    }

    @Override
    protected void openServer() throws IOException {
        kafka = new KafkaServer();
    }

    @Override
    protected int serverPort() {
        return kafka.portBehindProxy();
    }

    /** The broker tells its clients where they reach it, so the way there is its own. */
    @Override
    protected TestProxy network() {
        return kafka.proxy();
    }

    @Override
    protected void restartServer() throws IOException {
        kafka.kill();
        kafka.start();
    }

    @Override
    protected void closeServer() throws IOException {
        kafka.close();
    }
}
