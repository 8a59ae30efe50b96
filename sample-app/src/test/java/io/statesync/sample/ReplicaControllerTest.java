package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.RevisionSync;
import io.statesync.memory.InMemorySource;
import io.statesync.memory.InMemoryTransport;
import io.statesync.spring.SyncedTopic;
import io.statesync.state.SyncedState;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** The replica's interface, over engines that are fed from memory. */
@WebMvcTest({CopyController.class, ReplicaController.class})
@Import({ReplicaConfiguration.class, ReplicaControllerTest.InMemory.class})
@ActiveProfiles("replica")
@TestPropertySource(properties = "sample.source-url=http://source.test:8080")
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD)
class ReplicaControllerTest {

    private static final String FLAGS = "/api/feature-flags";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private InMemoryTransport transport;

    @Autowired
    private InMemorySource<Map<String, Flag>> source;

    @Autowired
    private RevisionSync<Map<String, Flag>> sync;

    @Test
    void beforeTheFirstSnapshotItSaysThatItHasNothing() {
        assertThat(mvc.get().uri(FLAGS))
                .hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .hasHeader(HttpHeaders.RETRY_AFTER, "1")
                .bodyJson()
                .hasPathSatisfying("$.state", it -> assertThat(it).isEqualTo("STARTING"))
                .hasPathSatisfying(
                        "$.detail", it -> assertThat(it).asString().contains("feature-flags", "/actuator/health"));
        assertThat(mvc.get().uri("/api/currencies")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
    }

    @Test
    void itAnswersFromItsCopy() {
        sync.start();
        String revision = source.set(Map.of("a", new Flag(true))).toString();
        sync.await(sync.status().announcedRevision()).join();

        assertThat(mvc.get().uri(FLAGS))
                .hasStatusOk()
                .bodyText()
                .isEqualTo(
                        "{\"revision\":\"" + revision + "\",\"state\":\"LIVE\",\"data\":{\"a\":{\"enabled\":true}}}");
    }

    @Test
    void withoutItsSourceItServesTheLastStateAsStale() {
        sync.start();
        transport.disconnect();

        assertThat(mvc.get().uri(FLAGS))
                .hasStatusOk()
                .bodyText()
                .isEqualTo("{\"revision\":\"1\",\"state\":\"STALE\",\"data\":{}}");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,/api/feature-flags/a",
        "DELETE,/api/feature-flags/a%20b",
        "POST,/api/currencies/reload",
        "POST,/api/feature-flags/burst",
    })
    void aWriteIsRefusedAndSentToTheSource(String method, String path) {
        assertThat(mvc.method(HttpMethod.valueOf(method)).uri(URI.create(path)))
                .hasStatus(HttpStatus.CONFLICT)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .hasPathSatisfying("$.source", it -> assertThat(it).isEqualTo("http://source.test:8080"))
                .hasPathSatisfying(
                        "$.detail",
                        it -> assertThat(it)
                                .asString()
                                .endsWith("Send the " + method + " to its source: http://source.test:8080" + path));
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class InMemory {

        @Bean
        InMemoryTransport transport() {
            return new InMemoryTransport();
        }

        @Bean
        InMemorySource<Map<String, Flag>> flagSource(InMemoryTransport transport) {
            return new InMemorySource<>(Topics.FEATURE_FLAGS, Map.of(), transport);
        }

        @Bean
        @SyncedTopic(Topics.FEATURE_FLAGS)
        RevisionSync<Map<String, Flag>> flagsSync(
                InMemoryTransport transport,
                InMemorySource<Map<String, Flag>> source,
                @SyncedTopic(Topics.FEATURE_FLAGS) SyncedState<Map<String, Flag>> copy) {
            return RevisionSync.forTopic(Topics.FEATURE_FLAGS)
                    .subscriber(transport)
                    .provider(source)
                    .applier(copy)
                    .build();
        }

        @Bean
        @SyncedTopic(Topics.CURRENCIES)
        RevisionSync<Map<String, CurrencyEntry>> currenciesSync(
                InMemoryTransport transport,
                @SyncedTopic(Topics.CURRENCIES) SyncedState<Map<String, CurrencyEntry>> copy) {
            return RevisionSync.forTopic(Topics.CURRENCIES)
                    .subscriber(transport)
                    .provider(new InMemorySource<Map<String, CurrencyEntry>>(Topics.CURRENCIES, Map.of(), transport))
                    .applier(copy)
                    .build();
        }
    }
}
