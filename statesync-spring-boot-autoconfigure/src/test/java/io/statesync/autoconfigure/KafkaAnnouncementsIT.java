package io.statesync.autoconfigure;

import io.statesync.spring.kafka.KafkaServer;
import java.io.IOException;
import java.util.List;

/** Announcements over Kafka. */
class KafkaAnnouncementsIT extends AnnouncementsContract {

    private KafkaServer server;

    @Override
    protected String transport() {
        return "kafka";
    }

    @Override
    protected List<String> address() {
        return List.of(
                "--spring.kafka.bootstrap-servers=127.0.0.1:" + server.port(),
                "--logging.level.org.apache.kafka=error");
    }

    @Override
    protected String refusal() {
        return "does not take the announcements of";
    }

    @Override
    protected void openServer() throws IOException {
        server = new KafkaServer();
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
    protected void closeServer() throws IOException {
        server.close();
    }
}
