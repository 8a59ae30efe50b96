package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The source's side of the stock: what replicas may send, and how the source may be told to treat it. */
@SpringBootTest(properties = "sample.replicas=http://localhost:8082,http://other.test")
@AutoConfigureMockMvc
class StockSourceControllerTest {

    @TempDir
    private static Path directory;

    @Autowired
    private MockMvcTester mvc;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry properties) {
        properties.add("sample.data-dir", () -> directory);
    }

    @AfterEach
    void treatWell() {
        assertThat(treat("{\"mode\":\"ok\"}")).hasStatusOk();
    }

    @Test
    void aTransactionIsWrittenOnceHoweverOftenItIsSent() {
        String key = UUID.randomUUID().toString();
        JsonNode before = report();

        JsonNode first = json(send(key, update("apples", "7")));
        JsonNode other = json(send(UUID.randomUUID().toString(), update("apples", "3")));
        JsonNode again = json(send(key, update("apples", "7")));

        assertThat(pieces("apples")).isEqualTo(3);
        assertThat(revision(other)).isGreaterThan(revision(first));
        // an answer that was lost has to be made up for: the later revision has the change in it, too
        assertThat(revision(again)).isGreaterThan(revision(other));
        assertThat(counted("received", before)).isEqualTo(3);
        assertThat(counted("applied", before)).isEqualTo(2);
        assertThat(counted("repeated", before)).isEqualTo(1);
        assertThat(json(mvc.get().uri("/api/stock").exchange()).path("revision").asString())
                .isEqualTo(again.path("revision").asString());
    }

    @Test
    void aTransactionOfWhichAPartCannotBeIsNotWrittenAtAll() {
        int before = pieces("pears");
        String both = "{\"id\":\"t\",\"mutations\":[" + mutation("pears", "{\"pieces\":1}") + ","
                + mutation("plums", "{\"pieces\":-1}") + "]}";
        String key = UUID.randomUUID().toString();

        assertProblem(send(key, both), HttpStatus.UNPROCESSABLE_CONTENT, "There cannot be -1 pieces of \\\"plums\\\".");
        assertThat(pieces("pears")).isEqualTo(before);

        // nothing of it is left, its key neither
        assertThat(send(key, update("pears", "2"))).hasStatusOk();
        assertThat(pieces("pears")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"t\"}",
                "{\"id\":\"t\",\"mutations\":[]}",
                "{\"id\":\"t\",\"mutations\":[null]}",
                "{\"id\":\"t\",\"mutations\":[{}]}",
                "{\"id\":\"t\",\"mutations\":[{\"type\":\"delete\",\"collection\":\"stock\",\"key\":\"figs\",\"changes\":{}}]}",
                "{\"id\":\"t\",\"mutations\":[{\"type\":\"update\",\"collection\":\"prices\",\"key\":\"figs\",\"changes\":{\"pieces\":1}}]}",
                "{\"id\":\"t\",\"mutations\":[{\"type\":\"update\",\"collection\":\"stock\",\"key\":\"figs\",\"changes\":{\"name\":\"F\"}}]}",
                "{\"id\":\"t\",\"mutations\":[{\"type\":\"update\",\"collection\":\"stock\",\"key\":\"figs\",\"changes\":{\"pieces\":\"1\"}}]}",
                "{\"id\":\"t\",\"mutations\":[{\"type\":\"update\",\"collection\":\"stock\",\"key\":\"figs\",\"changes\":{\"pieces\":99999999999}}]}",
                "{\"id\":\"t\",\"mutations\":[{\"type\":\"update\",\"collection\":\"stock\",\"key\":\"kiwis\",\"changes\":{\"pieces\":1}}]}",
                "{\"id\":\"t\",\"mutations\":[{\"type\":\"update\",\"collection\":\"stock\",\"key\":{},\"changes\":{\"pieces\":1}}]}"
            })
    void whatIsNoChangeOfTheStockIsRefusedForGood(String transaction) {
        assertProblem(send(UUID.randomUUID().toString(), transaction), HttpStatus.UNPROCESSABLE_CONTENT, "");
    }

    @Test
    void aTransactionNeedsABodyAndAKey() {
        assertProblem(send("k", "pieces=1"), HttpStatus.BAD_REQUEST, "The body is neither a transaction nor ");
        assertProblem(
                send("x".repeat(256), update("figs", "1")), HttpStatus.BAD_REQUEST, "1 to 255 characters, got 256");
        assertProblem(
                mvc.post()
                        .uri("/api/stock/transactions")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(update("figs", "1"))
                        .exchange(),
                HttpStatus.BAD_REQUEST,
                "Idempotency-Key");
    }

    @Test
    void itFailsAndRefusesAsItIsTold() {
        int before = pieces("lemons");
        assertThat(treat("{\"mode\":\"failing\"}")).hasStatusOk();
        MvcTestResult failed = send(UUID.randomUUID().toString(), update("lemons", "1"));
        assertProblem(failed, HttpStatus.SERVICE_UNAVAILABLE, "told to fail");
        assertThat(failed).hasHeader(HttpHeaders.RETRY_AFTER, "1");

        assertThat(treat("{\"mode\":\"refusing\"}")).hasStatusOk();
        assertProblem(
                send(UUID.randomUUID().toString(), update("lemons", "1")),
                HttpStatus.UNPROCESSABLE_CONTENT,
                "told to refuse");

        assertThat(pieces("lemons")).isEqualTo(before);
    }

    @Test
    void itIsSlowAsItIsTold() {
        assertThat(treat("{\"mode\":\"slow\",\"delayMillis\":1}"))
                .bodyText()
                .startsWith("{\"mode\":\"slow\",\"delayMillis\":1,\"received\":");

        assertThat(send(UUID.randomUUID().toString(), update("melons", "9"))).hasStatusOk();

        assertThat(pieces("melons")).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|The body needs a",
                "{\"mode\":null}|The body needs a",
                "{\"mode\":\"slow\",\"delayMillis\":-1}|0 to 20000",
                "{\"mode\":\"slow\",\"delayMillis\":20001}|0 to 20000",
                "{\"mode\":\"lazy\"}|The body is neither",
                "{\"mode\":1}|The body is neither",
                "{\"mode\":\"slow\",\"delayMillis\":\"long\"}|The body is neither",
                "slow|The body is neither"
            })
    void whatIsNoTreatmentIs400(String body, String detail) {
        JsonNode before = report();

        assertProblem(treat(body), HttpStatus.BAD_REQUEST, detail);

        assertThat(report()).isEqualTo(before);
    }

    @Test
    void thePageIsToldOfTheReplicasInTheSettings() {
        assertThat(mvc.get().uri("/api/replicas"))
                .hasStatusOk()
                .bodyText()
                .isEqualTo("[{\"name\":\"replica-8082\",\"url\":\"http://localhost:8082\"},"
                        + "{\"name\":\"replica-other.test\",\"url\":\"http://other.test\"}]");
    }

    private MvcTestResult send(String key, String transaction) {
        return mvc.post()
                .uri("/api/stock/transactions")
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .content(transaction)
                .exchange();
    }

    private MvcTestResult treat(String body) {
        return mvc.put()
                .uri("/api/stock/backend")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static String update(String sku, String pieces) {
        return "{\"id\":\"t\",\"mutations\":[" + mutation(sku, "{\"pieces\":" + pieces + "}") + "]}";
    }

    private static String mutation(String sku, String changes) {
        return "{\"type\":\"update\",\"collection\":\"stock\",\"key\":\"" + sku + "\",\"changes\":" + changes + "}";
    }

    private int pieces(String sku) {
        return json(mvc.get().uri("/api/stock").exchange())
                .at("/data/" + sku + "/pieces")
                .asInt();
    }

    private JsonNode report() {
        return json(mvc.get().uri("/api/stock/backend").exchange());
    }

    private long counted(String name, JsonNode before) {
        return report().path(name).asLong() - before.path(name).asLong();
    }

    private static long revision(JsonNode answer) {
        return Long.parseLong(answer.path("revision").asString());
    }

    private static JsonNode json(MvcTestResult answer) {
        assertThat(answer).hasStatusOk();
        return JsonMapper.shared().readTree(answer.getResponse().getContentAsByteArray());
    }

    private static void assertProblem(MvcTestResult result, HttpStatus status, String detail) {
        assertThat(result).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(result).bodyText().contains("\"status\":" + status.value(), detail);
    }
}
