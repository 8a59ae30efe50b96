package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.RevisionSync;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.SyncState;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** A replica of something that is not as it thinks: a distinct error, one line at WARN, however often it is tried. */
@ExtendWith(OutputCaptureExtension.class)
class WrongSourceIT {

    private static final int ATTEMPTS = 5;

    private ConfigurableApplicationContext source;
    private String url;

    @BeforeEach
    void start() {
        source = new SpringApplicationBuilder(Source.class)
                .properties("server.port=0", "server.address=127.0.0.1", "statesync.topics.prices.expose=true")
                .run();
        url = "http://localhost:"
                + ((WebServerApplicationContext) source).getWebServer().getPort();
    }

    @AfterEach
    void stop() {
        source.close();
    }

    @Test
    void aTopicThatTheSourceDoesNotHave(CapturedOutput output) {
        String warning = warningOf(UnknownTopic.class, output, "Topic stock");
        assertThat(warning).contains("stock", "refused");
    }

    @Test
    void aTopicThatTheSourceDoesNotShow(CapturedOutput output) {
        String warning = warningOf(HiddenTopic.class, output, "Topic secrets");
        assertThat(warning).contains("secrets", "refused");
    }

    @Test
    void dataOfAnotherType(CapturedOutput output) {
        String warning = warningOf(OtherType.class, output, "Topic prices");
        assertThat(warning).contains("protocol failed", "Integer");
    }

    @Test
    void aServerThatIsNoSource(CapturedOutput output) {
        String warning =
                warningOf(UnknownTopic.class, output, "Source \"shop\"", "statesync.sources.shop.path=/nothing");
        assertThat(warning).contains("no connection for invalidations", "404", "statesync.server.path");
    }

    @Test
    void aBodyThatIsNoJson(CapturedOutput output) {
        String warning = warningOf(
                OtherType.class,
                output,
                "Topic prices",
                "statesync.sources.shop.events=application-events",
                "statesync.sources.shop.path=/page");
        assertThat(warning).contains("protocol failed", "text/html", "instead of application/json");
    }

    /* The line, once the replica has tried often. */
    private String warningOf(Class<?> application, CapturedOutput output, String subject, String... properties) {
        try (ConfigurableApplicationContext replica = new SpringApplicationBuilder(application, Attempts.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "statesync.sources.shop.urls=" + url,
                        "statesync.defaults.startup=background",
                        "statesync.defaults.catch-up.initial=1ms",
                        "statesync.defaults.catch-up.max=10ms")
                .properties(properties)
                .run()) {
            RevisionSync<?> sync = replica.getBean(RevisionSync.class);
            AtomicInteger errors = replica.getBean(Attempts.class).errors;
            boolean connects = subject.startsWith("Topic");
            await().until(() ->
                    connects ? errors.get() >= ATTEMPTS : output.getAll().contains("no connection for invalidations"));
            assertThat(sync.status().state()).isIn(SyncState.FAILED, SyncState.STARTING);
        }
        List<String> lines = output.getAll()
                .lines()
                .filter(line -> line.contains(" WARN ") && line.contains(subject))
                .toList();
        assertThat(lines).hasSize(1);
        assertThat(output.getAll()).doesNotContain("\tat io.statesync");
        return lines.get(0);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Source {
        @TopicSource("prices")
        Map<String, String> prices() {
            return Map.of("tea", "cheap");
        }

        @TopicSource("secrets")
        String secrets() {
            return "secret";
        }

        /* What a login page in front of a source looks like. */
        @Bean
        RouterFunction<ServerResponse> page() {
            return RouterFunctions.route()
                    .GET(
                            "/page/snapshots/prices",
                            request -> ServerResponse.ok()
                                    .contentType(MediaType.TEXT_HTML)
                                    .body("<html>please log in</html>"))
                    .build();
        }
    }

    static class Attempts implements SyncListener {
        final AtomicInteger errors = new AtomicInteger();

        @Override
        public void onError(SyncErrorContext context) {
            errors.incrementAndGet();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class UnknownTopic {
        @Bean
        @SyncedTopic("stock")
        SyncedState<String> stock() {
            return SyncedState.create();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class HiddenTopic {
        @Bean
        @SyncedTopic("secrets")
        SyncedState<String> secrets() {
            return SyncedState.create();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class OtherType {
        @Bean
        @SyncedTopic("prices")
        SyncedState<Integer> prices() {
            return SyncedState.create();
        }
    }
}
