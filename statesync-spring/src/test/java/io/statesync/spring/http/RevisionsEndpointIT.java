package io.statesync.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.RevisionReader;
import io.statesync.SnapshotEnvelope;
import io.statesync.spring.ExposedTopic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The probe's question, from both ends. */
class RevisionsEndpointIT {

    private final List<List<String>> asked = new CopyOnWriteArrayList<>();
    private final RevisionReader shared = topics -> {
        asked.add(List.copyOf(topics));
        Map<String, Revision> current = new HashMap<>();
        topics.forEach(topic -> current.put(topic, new Revision(topic.length())));
        return current;
    };
    private final RevisionReader broken = topics -> {
        throw new IOException("the counter is away");
    };
    private final EmbeddedServer server = new EmbeddedServer(topic -> switch (topic) {
        case "", "hidden" -> null;
        case "broken" -> exposed(topic, broken);
        case "fresh" -> exposed(topic, topics -> Map.of());
        default -> exposed(topic, shared);
    });
    private final RevisionReader client =
            HttpSource.at(List.of(server.url())).build().revisions();

    @AfterEach
    void stop() {
        server.close();
    }

    private static ExposedTopic exposed(String topic, RevisionReader revisions) {
        return new ExposedTopic(topic, revisions, () -> new SnapshotEnvelope<>(Revision.ZERO, topic));
    }

    @Test
    void allTopicsOfAReaderAreAskedForAtOnce() throws Exception {
        Map<String, Revision> current = client.current(List.of("a", "bb & ü=\uD83D\uDE80", "c+c%20"));

        assertThat(current)
                .isEqualTo(Map.of(
                        "a", new Revision(1), "bb & ü=\uD83D\uDE80", new Revision(9), "c+c%20", new Revision(6)));
        assertThat(asked).hasSize(1);
    }

    @Test
    void whatIsNotExposedOrNotReadableIsLeftOut() throws Exception {
        assertThat(client.current(List.of("a", "hidden", "broken", "fresh")))
                .isEqualTo(Map.of("a", new Revision(1), "fresh", Revision.ZERO));
    }

    @Test
    void whereNothingIsReadableTheAnswerIs503() {
        assertThatThrownBy(() -> client.current(List.of("broken")))
                .isInstanceOfSatisfying(
                        HttpSourceException.class, e -> assertThat(e.kind()).isEqualTo(HttpSourceException.Kind.BUSY));
    }

    @Test
    void thousandsOfTopicsTakeAFewRequests() throws Exception {
        List<String> topics = new ArrayList<>();
        IntStream.range(0, 2000).forEach(i -> topics.add("a-topic-with-a-long-name/" + i));

        assertThat(client.current(topics)).containsOnlyKeys(topics);

        assertThat(asked).hasSizeBetween(2, 20);
        assertThat(asked.stream().flatMap(List::stream)).containsExactlyElementsOf(topics);
    }

    @Test
    void askingForNothingAnswersNothing() throws Exception {
        assertThat(client.current(List.of())).isEmpty();
        assertThat(get("/statesync/revisions").body()).isEqualTo("{}");
        assertThat(get("/statesync/revisions?topic=").statusCode()).isEqualTo(200);
    }

    @Test
    void theAnswerIsPlainJson() throws Exception {
        HttpResponse<String> response = get("/statesync/revisions?topic=bb&topic=a&topic=hidden&topic=a");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body()).isEqualTo("{\"a\":\"1\",\"bb\":\"2\"}");
    }

    @Test
    void otherMethodsAndOtherFormatsAreRefused() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.url("/statesync/revisions"));

        assertThat(send(request.DELETE()).statusCode()).isEqualTo(405);
        assertThat(send(request.GET().header("Accept", "text/html")).statusCode())
                .isEqualTo(406);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(server.url() + path)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
