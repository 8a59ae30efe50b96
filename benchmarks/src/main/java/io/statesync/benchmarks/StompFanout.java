package io.statesync.benchmarks;

import bench.spi.Fanout;
import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.spring.TopicSource;
import io.statesync.spring.event.ApplicationEventTransport;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** B3: the STOMP endpoint of a source that exposes a topic, with the starter's defaults on Tomcat. */
@SuppressWarnings("NullAway.Init") // by start, which comes first
final class StompFanout implements Fanout {

    private static final String TOPIC = "b3";

    private final AtomicLong revision = new AtomicLong(System.currentTimeMillis() << 20);
    private ConfigurableApplicationContext context;
    private ApplicationEventTransport channel;

    @Override
    public String protocol() {
        return "stomp";
    }

    @Override
    public String path() {
        return "/statesync/ws";
    }

    @Override
    public String destination() {
        return "/topic/statesync." + TOPIC;
    }

    @Override
    public int start(String[] args) {
        context = new SpringApplicationBuilder(Source.class)
                .properties(Map.of(
                        "server.port", 0,
                        "server.address", "127.0.0.1",
                        "logging.level.root", "warn",
                        "spring.main.banner-mode", "off",
                        "statesync.topics.b3.expose", true))
                .run(args);
        channel = context.getBean(ApplicationEventTransport.class);
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** The text travels as the id of the source: an invalidation has no other place for it. */
    @Override
    public void broadcast(String text) {
        channel.publish(new InvalidationEvent(
                TOPIC, new Revision(revision.incrementAndGet()), text, InvalidationEvent.NO_TIMESTAMP, null));
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Source {

        @TopicSource(TOPIC)
        String state() {
            return "state";
        }
    }
}
