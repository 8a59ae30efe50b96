package io.statesync.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.Topic;
import io.statesync.memory.InMemorySource;
import io.statesync.spring.ExposedTopic;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The snapshot endpoint as any HTTP client sees it, on each servlet container. */
abstract class SnapshotEndpointContract {

    private static final String SMALL = "small";
    private static final String LARGE = "größe/1 \uD83D\uDCB0";

    private final InMemorySource<String> small = new InMemorySource<>(SMALL, "hello", event -> {});
    private final InMemorySource<List<String>> large =
            new InMemorySource<>(LARGE, List.of("lorem ipsum ".repeat(500)), event -> {});
    private final Map<String, ExposedTopic> topics = Map.of(
            SMALL, new ExposedTopic(SMALL, small, small),
            LARGE, new ExposedTopic(LARGE, large, large));
    private final HttpClient client = HttpClient.newHttpClient();
    private final ServletContainer container;
    private EmbeddedServer server;

    SnapshotEndpointContract(ServletContainer container) {
        this.container = container;
    }

    @BeforeEach
    void start() {
        server = new EmbeddedServer(container, topics::get);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSnapshotComesWithAStrongTag() throws Exception {
        HttpResponse<byte[]> response = get(SMALL);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"revision\":\"1\",\"data\":\"hello\"}");
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(header(response, "ETag")).matches("\"1-[0-9a-f]{8}\"");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(response, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void theTagChangesWithTheRevisionAndWithTheBytes() throws Exception {
        String first = header(get(SMALL), "ETag");
        small.set("hello");
        String second = header(get(SMALL), "ETag");

        assertThat(second).startsWith("\"2-").isNotEqualTo(first);
        assertThat(header(get(LARGE), "ETag").substring(3)).isNotEqualTo(first.substring(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"x\", %s", "W/\"x\" , W/%s", "*"})
    void whoHasItIsToldSoWithoutABody(String condition) throws Exception {
        String etag = header(get(SMALL), "ETag");

        HttpResponse<byte[]> response = get(SMALL, "If-None-Match", condition.formatted(etag));

        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "ETag")).isEqualTo(etag);
        assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(response, "Vary")).isEqualTo("Accept-Encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "\"1-00000000\"", "nonsense", "\"\"", "\"x\", \"y\""})
    void anotherTagBringsTheBody(String condition) throws Exception {
        assertThat(get(SMALL, "If-None-Match", condition).statusCode()).isEqualTo(200);
    }

    @Test
    void headHasTheHeadersOfGetAndNoBody() throws Exception {
        HttpResponse<byte[]> get = get(SMALL);

        HttpResponse<byte[]> head = send("HEAD", snapshot(SMALL));

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "Content-Length")).isEqualTo(String.valueOf(get.body().length));
        assertThat(header(head, "ETag")).isEqualTo(header(get, "ETag"));
        assertThat(header(head, "Content-Type")).isEqualTo("application/json");
        assertThat(send("HEAD", snapshot(SMALL), "If-None-Match", header(get, "ETag"))
                        .statusCode())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate, gzip;q=0.5", "x-gzip", "*", "GZIP ; q=1.0"})
    void whoTakesGzipGetsItWithATagOfItsOwn(String acceptEncoding) throws Exception {
        HttpResponse<byte[]> plain = get(LARGE);

        HttpResponse<byte[]> response = get(LARGE, "Accept-Encoding", acceptEncoding);

        assertThat(header(response, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(response, "ETag"))
                .isEqualTo(header(plain, "ETag").replaceAll("\"$", "-gzip\""))
                .isNotEqualTo(header(plain, "ETag"));
        assertThat(response.body().length).isLessThan(plain.body().length / 10);
        assertThat(unpacked(response.body())).isEqualTo(plain.body());
        assertThat(header(response, "Content-Length")).isEqualTo(String.valueOf(response.body().length));
        assertThat(get(LARGE, "Accept-Encoding", acceptEncoding, "If-None-Match", header(response, "ETag"))
                        .statusCode())
                .isEqualTo(304);
        assertThat(get(LARGE, "Accept-Encoding", acceptEncoding, "If-None-Match", header(plain, "ETag"))
                        .statusCode())
                .as("the other form's tag")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "identity",
                "deflate, br",
                "gzip;q=0",
                "*;q=0",
                "gzip;q=0, *",
                "gzip;q=0.3, identity",
                "gzip;q=x"
            })
    void whoDoesNotTakeGzipGetsThePlainForm(String acceptEncoding) throws Exception {
        HttpResponse<byte[]> response = get(LARGE, "Accept-Encoding", acceptEncoding);

        assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(response.body()).asString(StandardCharsets.UTF_8).startsWith("{\"revision\":\"1\"");
    }

    @Test
    void whatIsSmallIsNotCompressed() throws Exception {
        assertThat(get(SMALL, "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "Small",
                "small~",
                "~73mall",
                "gr%C3%B6%C3%9Fe",
                "%E0%A4%80",
                "~ff",
                "",
                "small/",
                "small/small",
                "other/snapshots/small/x",
                "small;v=1"
            })
    void whatIsNotExposedDoesNotExist(String path) throws Exception {
        HttpResponse<byte[]> response = send("GET", server.url().resolve("/statesync/snapshots/") + path);

        // containers refuse some malformed paths themselves
        assertThat(response.statusCode()).isIn(400, 404);
        if (response.statusCode() == 404) {
            assertProblem(response, 404);
        }
    }

    @Test
    void theAnswerDoesNotTellUnknownFromUnexposed() throws Exception {
        JsonNode one = problem(get("one-name")).deepCopy();
        JsonNode other = problem(get("other")).deepCopy();

        assertThat(one.get("detail")).isEqualTo(other.get("detail"));
        assertThat(send("POST", snapshot("unknown")).statusCode())
                .isEqualTo(send("POST", snapshot(SMALL)).statusCode());
        assertThat(get("unknown", "Accept", "text/csv").statusCode())
                .isEqualTo(get(SMALL, "Accept", "text/csv").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void otherMethodsAreRefused(String method) throws Exception {
        HttpResponse<byte[]> response = send(method, snapshot(SMALL));

        assertProblem(response, 405);
        assertThat(header(response, "Allow")).isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "application/json;q=0, */*", "text/*", "application/xml;q=0.9", "nonsense"})
    void whoDoesNotTakeJsonIsRefused(String accept) throws Exception {
        HttpResponse<byte[]> response = get(SMALL, "Accept", accept);

        assertProblem(response, 406);
        assertThat(response.headers().firstValue("ETag")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "*/*", "application/*", "text/html, */*;q=0.1", "application/json;q=0.1"})
    void whoTakesJsonGetsIt(String accept) throws Exception {
        assertThat(get(SMALL, "Accept", accept).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"true,503", "false,500"})
    void aSourceThatFailsIsAProblem(boolean unreadable, int status) throws Exception {
        server.close();
        server = new EmbeddedServer(
                container,
                topic -> new ExposedTopic(
                        topic,
                        topics -> {
                            if (unreadable) {
                                throw new IOException("the database password is 1234");
                            }
                            return Map.of();
                        },
                        () -> new io.statesync.SnapshotEnvelope<>(Revision.ZERO, new Object() {
                            @SuppressWarnings("unused") // read by Jackson
                            public String getPassword() {
                                throw new IllegalStateException("1234");
                            }
                        })));

        HttpResponse<byte[]> response = get(SMALL);

        assertProblem(response, status);
        assertThat(response.body()).asString(StandardCharsets.UTF_8).doesNotContain("1234");
        assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(unreadable);
    }

    private void assertProblem(HttpResponse<byte[]> response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        JsonNode problem = problem(response);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asString()).isNotBlank();
        assertThat(problem.get("detail").asString()).isNotBlank();
    }

    private static JsonNode problem(HttpResponse<byte[]> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private String snapshot(String topic) {
        return server.url("/statesync/snapshots/" + Topic.encode(topic)).toString();
    }

    private HttpResponse<byte[]> get(String topic, String... headers) throws Exception {
        return send("GET", snapshot(topic), headers);
    }

    private HttpResponse<byte[]> send(String method, String uri, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(uri)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return String.join(", ", response.headers().allValues(name));
    }

    private static byte[] unpacked(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }
}
