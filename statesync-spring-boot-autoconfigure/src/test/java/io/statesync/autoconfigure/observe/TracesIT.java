package io.statesync.autoconfigure.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brave.Span;
import brave.handler.MutableSpan;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A source on Tomcat and a replica, over STOMP and HTTP, each with a tracer: one trace from the writer to the apply. */
class TracesIT {

    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

    @BeforeEach
    void forget() {
        BraveTracing.SPANS.clear();
    }

    @AfterEach
    void close() {
        contexts.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void aChangeIsOneTraceFromTheWriterToTheApply() {
        ConfigurableApplicationContext source = run(new SpringApplicationBuilder(Source.class)
                .properties("server.port=0", "server.address=127.0.0.1", "statesync.topics.prices.expose=true"));
        int port = ((WebServerApplicationContext) source).getWebServer().getPort();
        ConfigurableApplicationContext replica = run(new SpringApplicationBuilder(Replica.class)
                .web(WebApplicationType.NONE)
                .properties("statesync.sources.shop.urls=http://localhost:" + port));
        RevisionSync<?> sync = replica.getBean(RevisionSync.class);

        Revision revision = write(source);

        await().until(() -> sync.localRevision().equals(revision));
        MutableSpan writer = span("write", null);
        MutableSpan announced = span("statesync.announce", writer);
        MutableSpan refresh = span("statesync.refresh", announced);
        MutableSpan request = span("http get", refresh);
        MutableSpan served = span("http get /statesync/snapshots/*", request);
        MutableSpan apply = span("statesync.refresh.apply", refresh);
        assertThat(List.of(announced, refresh, request, served, apply))
                .extracting(MutableSpan::traceId)
                .containsOnly(writer.traceId());
        assertThat(announced.kind()).isEqualTo(Span.Kind.PRODUCER);
        assertThat(announced.tags()).containsEntry("topic", "prices").containsEntry("revision", revision.toString());
        assertThat(refresh.kind()).isEqualTo(Span.Kind.CONSUMER);
        assertThat(refresh.tags())
                .containsEntry("topic", "prices")
                .containsEntry("cause", "invalidation")
                .containsEntry("outcome", "applied");
        assertThat(request.kind()).isEqualTo(Span.Kind.CLIENT);
        assertThat(served.kind()).isEqualTo(Span.Kind.SERVER);
    }

    private static Revision write(ConfigurableApplicationContext source) {
        return Observation.createNotStarted("write", source.getBean(ObservationRegistry.class))
                .observe(() -> source.getBean(StatePublisher.class)
                        .invalidate("prices")
                        .join());
    }

    /* By name and parent: the first fetch, and the questions of the probe, have traces of their own. */
    private static MutableSpan span(String name, @Nullable MutableSpan parent) {
        List<MutableSpan> found = new ArrayList<>();
        await().untilAsserted(() -> {
            found.clear();
            BraveTracing.SPANS.stream()
                    .filter(span -> name.equals(span.name()))
                    .filter(span -> parent == null || parent.id().equals(span.parentId()))
                    .forEach(found::add);
            assertThat(found)
                    .as("%s below %s in %s", name, parent, BraveTracing.SPANS)
                    .hasSize(1);
        });
        return found.get(0);
    }

    private ConfigurableApplicationContext run(SpringApplicationBuilder application) {
        ConfigurableApplicationContext context = application.run();
        contexts.add(0, context);
        return context;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Source extends BraveTracing {

        private final AtomicInteger reads = new AtomicInteger();

        @TopicSource("prices")
        Map<String, Integer> prices() {
            return Map.of("tea", reads.incrementAndGet());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Replica extends BraveTracing {

        @Bean
        @SyncedTopic("prices")
        SyncedState<Map<String, Integer>> prices() {
            return SyncedState.create();
        }
    }
}
