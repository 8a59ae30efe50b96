package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.sample.SampleClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import tools.jackson.databind.JsonNode;

/** A source and a replica that edits its stock, and what a user of their interfaces asks for. */
final class StockPair implements AutoCloseable {

    private final Path data;
    private final Instance source;
    private Instance replica;

    StockPair(Path data) {
        this.data = data;
        // no profile: the stock is at a source that is alone
        source = new Instance("", "--sample.data-dir=" + data.resolve("source"));
        replica = replica();
    }

    private Instance replica() {
        Instance started = new Instance(
                "replica",
                "--sample.source-url=" + source.url(),
                "--sample.data-dir=" + data,
                // a handler that runs is interrupted at once: it will be called again
                "--statesync.mutations.shutdown.drain-timeout=0s");
        eventually().until(() -> started.get("/api/stock").text("/state").equals("LIVE"));
        return started;
    }

    void restartReplica() {
        replica.close();
        replica = replica();
    }

    void treat(String mode) {
        treat(mode, 0);
    }

    void treat(String mode, int delayMillis) {
        String body = "{\"mode\":\"" + mode + "\",\"delayMillis\":" + delayMillis + "}";
        assertThat(source.send("PUT", "/api/stock/backend", body).status()).isEqualTo(200);
    }

    long counted(String what) {
        return source.get("/api/stock/backend").body().path(what).asLong();
    }

    int atSource(String sku) {
        return source.get("/api/stock").body().at("/data/" + sku + "/pieces").asInt();
    }

    String put(String sku, int pieces) {
        return accepted(send("PUT", "/api/stock/" + sku, "{\"pieces\":" + pieces + "}"));
    }

    String change(String sku, int by) {
        return accepted(send("POST", "/api/stock/" + sku + "/change", "{\"by\":" + by + "}"));
    }

    private static String accepted(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        return answer.text("/transaction");
    }

    Answer post(String path) {
        return send("POST", "/api/stock/" + path, "{}");
    }

    Answer send(String method, String path, String body) {
        return replica.send(method, path, body);
    }

    JsonNode row(String sku) {
        return find("rows", "sku", sku);
    }

    JsonNode transaction(String id) {
        return find("transactions", "id", id);
    }

    private JsonNode find(String list, String field, String value) {
        for (JsonNode one : replica.get("/api/stock").body().path(list)) {
            if (one.path(field).asString().equals(value)) {
                return one;
            }
        }
        throw new AssertionError("nothing in " + list + " has " + field + " " + value);
    }

    String status(String sku) {
        return row(sku).path("status").asString();
    }

    void awaitStatus(String sku, String status) {
        eventually().until(() -> status(sku).equals(status));
    }

    void awaitState(String transaction, String state) {
        eventually()
                .until(() -> transaction(transaction).path("state").asString().equals(state));
    }

    ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(20, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        replica.close();
        source.close();
    }
}
