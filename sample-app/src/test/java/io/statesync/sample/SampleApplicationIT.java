package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What a source shows to others; {@code docs/http.md} shows the same with curl. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "server.address=localhost")
class SampleApplicationIT {

    @TempDir
    private static Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry properties) {
        properties.add("sample.data-dir", () -> directory);
    }

    @Test
    void aFreshSourceSaysThatItIsUp() throws Exception {
        assertThat(get("/actuator/health").body()).contains("\"status\":\"UP\"");
    }

    @Test
    void aSnapshotHasATagThatSavesTheNextTransfer() throws Exception {
        HttpResponse<String> first = get("/statesync/snapshots/currencies");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).startsWith("{\"revision\":\"").contains("\"data\":{");
        String tag = first.headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> second = get("/statesync/snapshots/currencies", "If-None-Match", tag);
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(second.headers().firstValue("ETag")).hasValue(tag);
    }

    @Test
    void headHasTheHeadersAndNoBody() throws Exception {
        HttpResponse<String> head = send("HEAD", "/statesync/snapshots/currencies");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("Content-Length").orElseThrow())
                .isGreaterThan(100_000);
    }

    @Test
    void gzipIsSmallerAndHasATagOfItsOwn() throws Exception {
        HttpResponse<String> plain = get("/statesync/snapshots/currencies");
        HttpResponse<String> gzip = get("/statesync/snapshots/currencies", "Accept-Encoding", "gzip");

        assertThat(gzip.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(gzip.headers().firstValue("Vary")).hasValue("Accept-Encoding");
        assertThat(gzip.headers().firstValue("ETag"))
                .isNotEqualTo(plain.headers().firstValue("ETag"));
        assertThat(gzip.headers().firstValueAsLong("Content-Length").orElseThrow())
                .isLessThan(plain.headers().firstValueAsLong("Content-Length").orElseThrow() / 2);
    }

    @Test
    void whatIsNotServedIsAProblem() throws Exception {
        assertProblem(get("/statesync/snapshots/secrets"), 404);
        assertProblem(send("POST", "/statesync/snapshots/currencies"), 405);
        assertProblem(get("/statesync/snapshots/currencies", "Accept", "text/csv"), 406);
    }

    @Test
    void revisionsOfManyTopicsAreOneRequest() throws Exception {
        assertThat(get("/statesync/revisions?topic=currencies&topic=feature-flags&topic=secrets")
                        .body())
                .matches("\\{\"currencies\":\"\\d+\",\"feature-flags\":\"\\d+\"}");
    }

    private static void assertProblem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("\"status\":" + status);
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        return client.send(
                headers.length == 0 ? request.build() : request.headers(headers).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
