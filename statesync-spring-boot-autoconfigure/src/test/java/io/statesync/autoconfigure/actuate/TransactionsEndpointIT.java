package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.autoconfigure.TodoApplication;
import io.statesync.autoconfigure.TodoBackend;
import io.statesync.autoconfigure.TodoBackend.Todo;
import io.statesync.mutation.MutationOption;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.TransactionHandle;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The transactions as an operator meets them: over HTTP. */
class TransactionsEndpointIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private ConfigurableApplicationContext context;
    private TodoBackend backend;
    private SyncedCollection<String, Todo> todos;

    @SuppressWarnings("unchecked")
    private void start(String... properties) {
        context = new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "statesync.mutations.directory=" + directory,
                        "management.endpoints.web.exposure.include=statesynctransactions")
                .properties(properties)
                .run();
        backend = context.getBean(TodoBackend.class);
        todos = context.getBean(SyncedCollection.class);
        todos.ready().toCompletableFuture().join();
    }

    @AfterEach
    void stop() {
        backend.release();
        context.close();
    }

    private TransactionHandle refused() throws Exception {
        TransactionHandle refused = todos.insert(new Todo("7", "rum"), MutationOption.fn("refused"));
        refused.await(PATIENCE);
        return refused;
    }

    @Test
    void theListAndOneAreJsonWithoutValues() throws Exception {
        start();
        TransactionHandle refused = refused();
        HttpResponse<String> list = get("");
        assertThat(list.statusCode()).isEqualTo(200);
        JsonNode first = json(list).get("transactions").get(0);
        assertThat(first.get("id").asString()).isEqualTo(refused.id());
        assertThat(first.get("state").asString()).isEqualTo("failed");

        HttpResponse<String> one = get("/" + refused.id());
        assertThat(one.statusCode()).isEqualTo(200);
        assertThat(json(one).get("attempts")).hasSize(1);
        assertThat(json(one).at("/mutations/0/fields")).isNotEmpty();
        assertThat(list.body() + one.body()).doesNotContain("rum", "no more todos", "\"7\"");
        assertThat(json(get("?state=completed")).get("transactions")).isEmpty();
        assertThat(json(get("?collection=todos&limit=1")).get("transactions")).hasSize(1);
    }

    @Test
    void valuesAreThereWhereTheyAreAllowed() throws Exception {
        start("statesync.mutations.show-values=true");
        TransactionHandle refused = refused();

        assertThat(get("/" + refused.id()).body()).contains("rum", "no more todos");
    }

    @Test
    void aFailedOneIsSentAgainAndAWaitingOneTakenBack() throws Exception {
        start();
        TransactionHandle refused = refused();
        HttpResponse<String> again = act(refused.id(), "{\"action\":\"resubmit\"}");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).get("id").asString()).isNotEqualTo(refused.id());

        backend.hold();
        todos.update("1", todo -> new Todo("1", "bread"));
        TransactionHandle waiting = todos.update("1", todo -> new Todo("1", "cake"));
        await().atMost(PATIENCE).until(() -> backend.calls.get() == 1);
        HttpResponse<String> cancelled = act(waiting.id(), "{\"action\":\"cancel\"}");
        assertThat(cancelled.statusCode()).isEqualTo(200);
        assertThat(json(cancelled).get("state").asString()).isEqualTo("failed");
        assertThat(todos.get("1")).isEqualTo(new Todo("1", "bread"));
    }

    @Test
    void whatIsRefusedIsAProblemThatSaysWhatToWrite() throws Exception {
        start();
        TransactionHandle refused = refused();
        assertThat(get("/nobody").statusCode()).isEqualTo(404);
        problem(act("nobody", "{\"action\":\"cancel\"}"), 404, "no transaction \"nobody\"");
        problem(act(refused.id(), "{\"action\":\"explode\"}"), 400, "write {\"action\":\"resubmit\"}");
        problem(act(refused.id(), "{}"), 400, "write {\"action\":\"resubmit\"}");
        problem(act(refused.id(), "{\"action\":\"cancel\"}"), 400, "has ended");
        problem(get("?state=lost"), 400, "persisted-awaiting-sync");
        problem(get("?limit=0"), 400, "write 1 or more");
    }

    private static void problem(HttpResponse<String> response, int status, String detail) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(response).get("detail").asString()).contains(detail);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<String> act(String id, String body) throws Exception {
        return send(request("/" + id)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/actuator/statesynctransactions" + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(TodoApplication.class)
    static class Application {

        @Bean
        TodoBackend backend() {
            return new TodoBackend();
        }
    }
}
