package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.stomp.StompHandshakeCustomizer;
import io.statesync.spring.stomp.StompServer;
import io.statesync.state.SyncedState;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClient;

/** A source that lets in only who has the password, over HTTP and the web socket. */
@ExtendWith(OutputCaptureExtension.class)
class CredentialsIT {

    private ConfigurableApplicationContext source;

    @BeforeEach
    void start() {
        source = new SpringApplicationBuilder(Source.class)
                .properties("server.port=0", "server.address=127.0.0.1", "statesync.topics.prices.expose=true")
                .run();
    }

    @AfterEach
    void stop() {
        source.close();
    }

    @Test
    void withCredentialsForBothItIsLiveAndHearsOfChanges() {
        try (ConfigurableApplicationContext replica = replica(Rest.class, Handshake.class)) {
            RevisionSync<?> sync = replica.getBean(RevisionSync.class);
            await().until(() -> sync.status().state() == SyncState.LIVE);

            Revision revision =
                    source.getBean(StatePublisher.class).invalidate("prices").join();

            await().until(() -> sync.localRevision().equals(revision));
            assertThat(replica.getBean(Handshake.class).sources).containsOnly("shop");
        }
    }

    @Test
    void aTokenThatIsRenewedIsUsedByTheNextAttempts() {
        Guard guard = source.getBean(Guard.class);
        guard.wanted = "Bearer first";
        try (ConfigurableApplicationContext replica = replica(Bearer.class)) {
            RevisionSync<?> sync = replica.getBean(RevisionSync.class);
            await().until(() -> sync.status().state() == SyncState.LIVE);

            guard.wanted = "Bearer second";
            replica.getBean(Bearer.class).token = "second";
            StompServer server = source.getBean(StompServer.class);
            server.stop();
            server.start();
            Revision revision =
                    source.getBean(StatePublisher.class).invalidate("prices").join();

            await().until(() ->
                    sync.localRevision().equals(revision) && sync.status().state() == SyncState.LIVE);
        }
    }

    @Test
    void withoutThemForTheHandshakeTheAnswerIsNamed(CapturedOutput output) {
        source.getBean(Guard.class).challenging = false;
        assertThat(warning(output)).contains("Source \"shop\"", "401");
    }

    @Test
    void withoutThemForTheHandshakeAChallengeIsNamed(CapturedOutput output) {
        assertThat(warning(output)).contains("Source \"shop\"", "No user name was provided to use for authentication");
    }

    private String warning(CapturedOutput output) {
        try (ConfigurableApplicationContext replica = replica(Rest.class)) {
            await().until(() -> output.getAll().contains("no connection for invalidations"));
            assertThat(replica.getBean(RevisionSync.class).status().state()).isNotEqualTo(SyncState.LIVE);
        }
        List<String> lines = output.getAll()
                .lines()
                .filter(line -> line.contains(" WARN ") && line.contains("no connection for invalidations"))
                .toList();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private ConfigurableApplicationContext replica(Class<?>... more) {
        int port = ((WebServerApplicationContext) source).getWebServer().getPort();
        return new SpringApplicationBuilder(Replica.class)
                .sources(more)
                .web(WebApplicationType.NONE)
                .properties(
                        "statesync.sources.shop.urls=http://localhost:" + port, "statesync.defaults.startup=background")
                .run();
    }

    private static void identify(HttpHeaders headers) {
        headers.setBasicAuth("replica", "secret");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Source {
        @TopicSource("prices")
        String prices() {
            return "cheap";
        }

        @Bean
        Guard guard() {
            return new Guard();
        }
    }

    static class Guard implements Filter {
        volatile String wanted =
                "Basic " + HttpHeaders.encodeBasicAuth("replica", "secret", StandardCharsets.ISO_8859_1);

        volatile boolean challenging = true;

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (wanted.equals(((HttpServletRequest) request).getHeader(HttpHeaders.AUTHORIZATION))) {
                chain.doFilter(request, response);
                return;
            }
            HttpServletResponse refusal = (HttpServletResponse) response;
            if (challenging) {
                refusal.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"prices\"");
            }
            refusal.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
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
    }

    static class Rest implements RestClientCustomizer {
        @Override
        public void customize(RestClient.Builder client) {
            client.defaultHeaders(CredentialsIT::identify);
        }
    }

    static class Handshake implements StompHandshakeCustomizer {
        final List<String> sources = new CopyOnWriteArrayList<>();

        @Override
        public void customize(String name, HttpHeaders headers) {
            sources.add(name);
            identify(headers);
        }
    }

    /** Asked at each request and each handshake. */
    static class Bearer implements RestClientCustomizer, StompHandshakeCustomizer {
        volatile String token = "first";

        @Override
        public void customize(RestClient.Builder client) {
            client.requestInitializer(request -> request.getHeaders().setBearerAuth(token));
        }

        @Override
        public void customize(String name, HttpHeaders handshake) {
            handshake.setBearerAuth(token);
        }
    }
}
