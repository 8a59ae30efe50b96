package io.statesync.sample;

import io.statesync.Revision;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a user of a sample does with curl. */
final class SampleClient {

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String url;

    SampleClient(String url) {
        this.url = url;
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer send(String method, String path, String body) {
        return sendAsync(method, path, body).join();
    }

    CompletableFuture<Answer> sendAsync(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString()).thenApply(Answer::of);
    }

    record Answer(int status, JsonNode body) {

        private static Answer of(HttpResponse<String> response) {
            return new Answer(response.statusCode(), JsonMapper.shared().readTree(response.body()));
        }

        String text(String pointer) {
            return body.at(pointer).asString("");
        }

        Revision revision() {
            return Revision.parse(text("/revision"));
        }
    }
}
