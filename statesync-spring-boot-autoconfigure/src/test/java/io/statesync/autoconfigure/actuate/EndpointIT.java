package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The endpoint as an operator meets it: over HTTP. */
class EndpointIT {

    private final HttpClient client = HttpClient.newHttpClient();
    private ConfigurableApplicationContext context;

    @BeforeEach
    void start() {
        context = new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "management.endpoints.web.exposure.include=statesync")
                .run();
        await().until(() -> context.getBean(RevisionSync.class).status().state() == SyncState.LIVE);
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @Test
    void theListAndTheDetailAreJson() throws Exception {
        JsonNode prices = json(get("")).get("topics").get(0);
        assertThat(prices.get("topic").asString()).isEqualTo("prices");
        assertThat(prices.get("state").asString()).isEqualTo("LIVE");
        assertThat(prices.has("lastError")).isFalse();

        HttpResponse<String> detail = get("/prices");
        assertThat(json(detail).at("/status/topic").asString()).isEqualTo("prices");
        assertThat(json(detail).get("events")).isNotEmpty();
        assertThat(detail.body()).doesNotContain("secret-value");
    }

    @Test
    void aTopicThatIsNotThereIs404() throws Exception {
        assertThat(get("/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void anActionIsDone() throws Exception {
        HttpResponse<String> invalidated = post("/prices", "{\"action\":\"invalidate\"}");
        assertThat(invalidated.statusCode()).isEqualTo(200);
        String revision = json(invalidated).get("revision").asString();
        await().until(() ->
                context.getBean(RevisionSync.class).localRevision().toString().equals(revision));
        assertThat(post("/prices", "{\"action\":\"refresh\"}").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsRefusedIsAProblemThatSaysWhatToWrite() throws Exception {
        HttpResponse<String> refused = post("/prices", "{\"action\":\"explode\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(refused).get("detail").asString())
                .isEqualTo(
                        "unknown action \"explode\": write refresh, reset, pause, resume, invalidate, flush or clear");
        HttpResponse<String> empty = post("/prices", "{}");
        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(json(empty).get("detail").asString()).startsWith("what is to be done is missing: write");
    }

    @Test
    void anUnknownTopicIs404ForWritesToo() throws Exception {
        HttpResponse<String> unknown = post("/nobody", "{\"action\":\"refresh\"}");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(unknown).get("detail").asString()).isEqualTo("there is no topic \"nobody\" here");
    }

    @Test
    void aTopicIsPausedAndResumed() throws Exception {
        assertThat(post("/prices", "{\"action\":\"pause\"}").statusCode()).isEqualTo(200);
        await().until(() -> json(get("/prices")).at("/status/state").asString().equals("PAUSED"));
        assertThat(json(get("/prices")).at("/status/pausedSince").asString()).startsWith("20");

        assertThat(post("/prices", "{\"action\":\"resume\"}").statusCode()).isEqualTo(200);
        await().until(() -> json(get("/prices")).at("/status/state").asString().equals("LIVE"));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/statesync" + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @TopicSource("prices")
        String prices() {
            return "secret-value";
        }

        @Bean
        @SyncedTopic("prices")
        SyncedState<String> copy() {
            return SyncedState.create();
        }
    }
}
