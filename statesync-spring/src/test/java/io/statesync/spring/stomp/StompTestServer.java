package io.statesync.spring.stomp;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.spring.ExposedTopic;
import io.statesync.spring.ExposedTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerMapping;

/**
 * A real Tomcat with a STOMP server, whose every topic is exposed but those that begin with "hidden" and those that are
 * withdrawn.
 */
final class StompTestServer implements AutoCloseable {

    static final String HIDDEN = "hidden";

    static final Set<String> WITHDRAWN = ConcurrentHashMap.newKeySet();

    private final ServletWebServerApplicationContext context;
    private final StompServer stomp;

    StompTestServer(int port, Duration heartbeat) {
        context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Beans.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .run(
                        "--server.address=127.0.0.1",
                        "--server.port=" + port,
                        "--server.shutdown=immediate",
                        "--test.heartbeat=" + heartbeat);
        stomp = context.getBean(StompServer.class);
    }

    int port() {
        return Objects.requireNonNull(context.getWebServer()).getPort();
    }

    /** Also after the context was closed. */
    StompServer stomp() {
        return stomp;
    }

    @Override
    public void close() {
        context.close();
    }

    static ExposedTopics exposed() {
        return topic -> topic.startsWith(HIDDEN) || WITHDRAWN.contains(topic)
                ? null
                : new ExposedTopic(topic, topics -> Map.of(), () -> new SnapshotEnvelope<>(Revision.ZERO, "none"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Beans {

        @Bean
        StompServer stompServer(
                @org.springframework.beans.factory.annotation.Value("${test.heartbeat}") Duration beat) {
            return new StompServer(
                    exposed(),
                    StompServerSettings.of("/statesync", List.of("https://friend.example"))
                            .withHeartbeat(beat));
        }

        @Bean
        HandlerMapping stompMapping(StompServer server) {
            return server.handlerMapping();
        }
    }
}
