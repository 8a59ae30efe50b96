package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.spring.RevisionSyncCustomizer;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.event.ApplicationEventTransport;
import io.statesync.state.SyncedState;
import io.statesync.test.ManualScheduler;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Somebody can forge events: what that costs a source, over HTTP and on a clock that the test moves. */
class ForgedEventsIT {

    private static final int EVENTS = 10_000;
    private static final int EVENTS_PER_SECOND = 100;

    /* 200 ms to 30 s with full jitter: about 8 in the first half minute, then one in 15 s. No chance to reach this. */
    private static final int AT_MOST = 40;

    private final ManualScheduler clock = new ManualScheduler();
    private ConfigurableApplicationContext source;
    private ConfigurableApplicationContext replica;
    private Requests requests;
    private RevisionSync<?> sync;

    @BeforeEach
    void start() {
        source = new SpringApplicationBuilder(Source.class)
                .properties("server.port=0", "server.address=127.0.0.1", "statesync.topics.prices.expose=true")
                .run();
        int port = ((WebServerApplicationContext) source).getWebServer().getPort();
        replica = new SpringApplicationBuilder(Replica.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("clock", clock))
                .web(WebApplicationType.NONE)
                .properties(
                        "statesync.sources.shop.urls=http://localhost:" + port,
                        "statesync.sources.shop.events=application-events",
                        "statesync.sources.shop.probe-interval=1h")
                .run();
        requests = source.getBean(Requests.class);
        sync = replica.getBean(RevisionSync.class);
        await().until(() -> sync.status().state() == SyncState.LIVE);
        requests.seen.clear();
    }

    @AfterEach
    void stop() {
        replica.close();
        source.close();
    }

    @Test
    @DisplayName("10,000 forged events cost a few conditional requests; two minutes after the last all is as before")
    void forgedEventsCostAFewConditionalRequests() {
        Revision before = sync.localRevision();
        for (int event = 1; event <= EVENTS; event++) {
            announce(new Revision(before.bits() + event));
            if (event % EVENTS_PER_SECOND == 0) {
                clock.advance(Duration.ofSeconds(1));
            }
        }
        assertThat(sync.status().behind()).isTrue();
        for (int second = 0; second < 180; second++) {
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
        assertThat(sync.localRevision()).isEqualTo(before);
        assertThat(requests.seen).hasSizeBetween(2, AT_MOST).containsOnly("304 for a condition");
        int cost = requests.seen.size();
        for (int minute = 0; minute < 10; minute++) {
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(requests.seen).hasSize(cost);
    }

    @Test
    void duplicatesAndGarbageCostNothing() {
        Revision current = sync.localRevision();
        for (int event = 0; event < EVENTS; event++) {
            announce(current);
            announce(Revision.ZERO);
        }
        clock.advance(Duration.ofMinutes(2));

        assertThat(requests.seen).isEmpty();
        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
    }

    private void announce(Revision revision) {
        replica.getBean(ApplicationEventTransport.class).publish(InvalidationEvent.of("prices", revision));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Source {
        @TopicSource("prices")
        String prices() {
            return "cheap";
        }

        @Bean
        Requests requests() {
            return new Requests();
        }
    }

    /** Snapshots that were asked for, and how. */
    static class Requests implements Filter {
        final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(request, response);
            HttpServletRequest asked = (HttpServletRequest) request;
            if (asked.getRequestURI().contains("/snapshots/")) {
                int status = ((HttpServletResponse) response).getStatus();
                seen.add(status + (asked.getHeader("If-None-Match") == null ? "" : " for a condition"));
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Replica {
        @Bean
        @SyncedTopic("prices")
        SyncedState<String> prices() {
            return SyncedState.create();
        }

        /** Fetches on the thread that moves the clock, so that the test need not wait for them. */
        @Bean
        RevisionSyncCustomizer onTheTestsThread() {
            return (topic, sync) -> sync.executor(Runnable::run);
        }
    }
}
