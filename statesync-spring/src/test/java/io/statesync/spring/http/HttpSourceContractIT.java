package io.statesync.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.statesync.Revision;
import io.statesync.SnapshotProvider;
import io.statesync.memory.InMemorySource;
import io.statesync.spring.ExposedTopic;
import io.statesync.test.ProviderFault;
import io.statesync.test.SnapshotProviderContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** SP-01 to SP-04 over HTTP: the good ones against the real endpoint, the faults against a server that misbehaves. */
class HttpSourceContractIT extends SnapshotProviderContract {

    private static final String TOPIC = "greeting";

    private final InMemorySource<String> truth = new InMemorySource<>(TOPIC, "hello", event -> {});
    private final EmbeddedServer server =
            new EmbeddedServer(topic -> topic.equals(TOPIC) ? new ExposedTopic(TOPIC, truth, truth) : null);
    private final MisbehavingServer bad = new MisbehavingServer();

    @AfterEach
    void stop() {
        bad.close();
        server.close();
    }

    @Override
    protected SnapshotProvider<String> provider() {
        return HttpSource.at(List.of(server.url())).build().provider(TOPIC, String.class);
    }

    @Override
    protected Revision change(String data) {
        return truth.set(data);
    }

    @Override
    protected Set<ProviderFault> faults() {
        return EnumSet.allOf(ProviderFault.class);
    }

    @Override
    protected SnapshotProvider<?> facing(ProviderFault fault) {
        return switch (fault) {
            case UNKNOWN_TOPIC -> source(server.url()).provider("unknown", String.class);
            case WRONG_TYPE -> source(server.url()).provider(TOPIC, Integer.class);
            case UNAUTHORIZED ->
                source(bad.answering(401, "text/plain", "who?")).provider(TOPIC, String.class);
            case FORBIDDEN ->
                source(bad.answering(403, "text/plain", "not you")).provider(TOPIC, String.class);
            case SERVER_ERROR ->
                source(bad.answering(500, "text/plain", "ouch")).provider(TOPIC, String.class);
            case TIMEOUT -> source(bad.silent()).provider(TOPIC, String.class);
            case CONNECTION_REFUSED -> source(bad.nobody()).provider(TOPIC, String.class);
            case BODY_CUT_SHORT -> source(bad.cuttingShort()).provider(TOPIC, String.class);
            case BODY_OVER_THE_LIMIT ->
                source(bad.answering(
                                200, "application/json", "{\"revision\":\"1\",\"data\":\"" + "x".repeat(2000) + "\"}"))
                        .provider(TOPIC, String.class);
            case WRONG_CONTENT_TYPE ->
                source(bad.answering(200, "text/html", "<h1>Log in</h1>")).provider(TOPIC, String.class);
            case WRONG_JSON ->
                source(bad.answering(200, "application/json", "{\"revision\":")).provider(TOPIC, String.class);
        };
    }

    private static HttpSource source(URI url) {
        JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(HttpClient.newHttpClient());
        factory.setReadTimeout(Duration.ofMillis(300));
        return HttpSource.at(List.of(url))
                .client(RestClient.builder().requestFactory(factory))
                .maxSnapshotSize(1000)
                .build();
    }

    @Test
    void aSourceThatWasStoppedAndStartedAnswersAgain() throws Exception {
        SnapshotProvider<String> provider = provider();
        change("before");
        assertThat(provider.getSnapshot().data()).isEqualTo("before");

        server.close();
        assertThat(catchThrowable(provider::getSnapshot)).isInstanceOf(HttpSourceException.class);
        server.startAgain();
        change("after");

        assertThat(provider.getSnapshot().data()).isEqualTo("after");
    }

    @ParameterizedTest
    @EnumSource
    void everyErrorNamesTheTopicAndTheAddress(ProviderFault fault) {
        Throwable error = catchThrowable(facing(fault)::getSnapshot);

        assertThat(error).hasMessageContaining(fault == ProviderFault.UNKNOWN_TOPIC ? "\"unknown\"" : "\"greeting\"");
        assertThat(error).hasMessageContaining("http://127.0.0.1:");
    }
}
