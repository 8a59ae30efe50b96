package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.sample.SampleClient.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A source that is slow, fails or refuses, and what its replica shows meanwhile: over HTTP, STOMP and a file on the disk. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockIT {

    private StockPair pair;

    @BeforeAll
    void start(@TempDir Path data) {
        pair = new StockPair(data);
    }

    @AfterAll
    void end() {
        pair.close();
    }

    @BeforeEach
    void treatWell() {
        pair.treat("ok");
    }

    /* MU-M1, MU-S5: visible at once, confirmed by the snapshot. */
    @Test
    void anEditIsVisibleAtOnceAndConfirmedByTheSource() {
        String edit = pair.put("apples", 5);

        assertThat(pair.row("apples").at("/item/pieces").asInt()).isEqualTo(5);
        pair.awaitStatus("apples", "confirmed");
        assertThat(pair.row("apples").at("/synced/pieces").asInt()).isEqualTo(5);
        assertThat(pair.atSource("apples")).isEqualTo(5);
        assertThat(pair.transaction(edit).path("state").asString()).isEqualTo("COMPLETED");
        assertThat(pair.transaction(edit).path("confirmed").asBoolean()).isTrue();
    }

    /* MU-O2, MU-O4, MU-O5: edits of one row go in order, another row does not wait. */
    @Test
    void aSlowSourceShowsOneThatIsSentAndOneThatIsQueuedAndDelaysNoOtherRow() {
        pair.treat("slow", 20_000);
        String first = pair.change("bananas", -1);
        pair.awaitStatus("bananas", "persisting");
        String second = pair.change("bananas", -2);

        assertThat(pair.status("bananas")).isEqualTo("queued");
        assertThat(pair.row("bananas").path("transaction").asString()).isEqualTo(second);
        assertThat(pair.row("bananas").at("/item/pieces").asInt()).isEqualTo(17);
        assertThat(pair.row("bananas").at("/synced/pieces").asInt()).isEqualTo(20);
        assertThat(pair.post("transactions/" + first + "/cancel").status()).isEqualTo(409);

        pair.put("cherries", 149);
        pair.awaitStatus("cherries", "persisting");
        assertThat(pair.post("transactions/" + second + "/cancel").status()).isEqualTo(200);
        assertThat(pair.row("bananas").at("/item/pieces").asInt()).isEqualTo(19);

        pair.treat("ok");
        pair.awaitState(first, "COMPLETED");
        assertThat(pair.atSource("bananas")).isEqualTo(19);
    }

    /* MU-R3, MU-O7: the refused edit and the one behind it go at once; resubmitted, it gets there. */
    @Test
    void aRefusedEditIsFailedUntilItIsSubmittedAgain() {
        int before = pair.atSource("figs");
        pair.treat("refusing");
        String refused = pair.put("figs", before + 1);

        pair.awaitStatus("figs", "failed");
        assertThat(pair.row("figs").at("/item/pieces").asInt()).isEqualTo(before);
        assertThat(pair.transaction(refused).path("error").asString()).contains("422");
        assertThat(pair.transaction(refused).path("attempts").asInt()).isEqualTo(1);

        pair.treat("ok");
        String again = pair.post("transactions/" + refused + "/resubmit").text("/transaction");

        assertThat(again).isNotEmpty().isNotEqualTo(refused);
        pair.awaitState(again, "COMPLETED");
        pair.awaitStatus("figs", "confirmed");
        assertThat(pair.atSource("figs")).isEqualTo(before + 1);
    }

    @Test
    void lessThanNothingIsRefusedByTheSourceAndDismissedHere() {
        String refused = pair.put("pears", -3);
        pair.awaitStatus("pears", "failed");
        assertThat(pair.row("pears").at("/item/pieces").asInt()).isEqualTo(17);

        assertThat(pair.post("transactions/" + refused + "/dismiss").status()).isEqualTo(200);

        assertThat(pair.status("pears")).isEqualTo("confirmed");
        assertThat(pair.post("transactions/" + refused + "/dismiss").status()).isEqualTo(404);
        assertThat(pair.post("transactions/" + refused + "/resubmit").status()).isEqualTo(404);
    }

    /* MU-R2: what fails is tried again. */
    @Test
    void aSourceThatFailsIsAskedAgain() {
        pair.treat("failing");
        String edit = pair.put("lemons", 31);
        pair.eventually().until(() -> pair.transaction(edit).path("attempts").asInt() > 1);
        assertThat(pair.status("lemons")).isEqualTo("persisting");

        pair.treat("ok");

        pair.awaitStatus("lemons", "confirmed");
        assertThat(pair.atSource("lemons")).isEqualTo(31);
    }

    /* MU-D3, MU-D4, MU-T5: sent after the restart, and applied once although the source gets it twice. */
    @Test
    void anEditThatIsUnderWayIsSentAfterARestartAndAppliedOnce() {
        long received = pair.counted("received");
        long applied = pair.counted("applied");
        long repeated = pair.counted("repeated");
        pair.treat("slow", 20_000);
        String edit = pair.change("plums", -5);
        pair.eventually().until(() -> pair.counted("received") == received + 1);
        String behind = pair.change("plums", -1);

        pair.restartReplica();

        assertThat(pair.row("plums").at("/item/pieces").asInt()).isEqualTo(39);
        assertThat(pair.status("plums")).isEqualTo("queued");
        pair.eventually().until(() -> pair.counted("received") == received + 2);
        pair.treat("ok");
        pair.awaitState(edit, "COMPLETED");
        pair.awaitState(behind, "COMPLETED");
        assertThat(pair.atSource("plums")).isEqualTo(39);
        assertThat(pair.counted("applied")).isEqualTo(applied + 2);
        assertThat(pair.counted("repeated")).isEqualTo(repeated + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT|kiwis|{\"pieces\":1}|404",
                "PUT|melons|{\"pieces\":\"1\"}|400",
                "PUT|melons|{\"pieces\":1.5}|400",
                "PUT|melons|{\"pieces\":99999999999}|400",
                "PUT|melons|{\"pieces\":null}|400",
                "PUT|melons|{}|400",
                "PUT|melons|pieces|400",
                "POST|melons/change|{\"by\":2147483647}|400",
                "POST|melons/change|{\"pieces\":1}|400",
                "POST|kiwis/change|{\"by\":1}|404",
                "POST|transactions/unknown/resubmit|{}|404",
                "POST|transactions/unknown/cancel|{}|404",
                "POST|transactions/unknown/dismiss|{}|404",
                "DELETE|melons|{}|405"
            })
    void whatCannotBeIsAProblemAndChangesNothing(String method, String path, String body, int status) {
        Answer answer = pair.send(method, "/api/stock/" + path, body);

        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.text("/detail")).isNotEmpty();
        assertThat(pair.row("melons").at("/item/pieces").asInt()).isEqualTo(4);
    }

    @Test
    void aTransactionThatEndedIsNeitherCancelledNorSubmittedAgainNorDismissed() {
        String edit = pair.change("cherries", 1);
        pair.awaitState(edit, "COMPLETED");

        for (String action : List.of("cancel", "resubmit", "dismiss")) {
            Answer answer = pair.post("transactions/" + edit + "/" + action);
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.text("/detail")).contains("COMPLETED");
        }
    }

    @Test
    void whatTheActuatorKnowsIsExposed() {
        assertThat(pair.send("GET", "/actuator/statesync", "").status()).isEqualTo(200);
        assertThat(pair.send("GET", "/actuator/statesynctransactions", "").status())
                .isEqualTo(200);
    }
}
