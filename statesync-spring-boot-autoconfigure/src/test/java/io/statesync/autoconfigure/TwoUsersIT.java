package io.statesync.autoconfigure;

import static io.statesync.autoconfigure.SecuredSource.ALICE;
import static io.statesync.autoconfigure.SecuredSource.BOB;
import static io.statesync.autoconfigure.SecuredSource.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.source.StatePublisher;
import io.statesync.spring.stomp.StompRefusalException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two users and two topics: the application's filter chain rules REST and STOMP, by one rule. */
class TwoUsersIT {

    private static final String SNAPSHOTS = "/statesync/snapshots/";

    private static SecuredSource source;

    @BeforeAll
    static void start() {
        source = SecuredSource.start();
    }

    @AfterAll
    static void stop() {
        source.close();
    }

    @Test
    void overHttpEachReadsWhatTheChainLetsHimRead() throws Exception {
        assertThat(source.get(ALICE, SNAPSHOTS + "prices").statusCode()).isEqualTo(200);
        assertThat(source.get(ALICE, SNAPSHOTS + "stock").statusCode()).isEqualTo(200);
        assertThat(source.get(BOB, SNAPSHOTS + "prices").statusCode()).isEqualTo(403);
        assertThat(source.get(BOB, SNAPSHOTS + "stock").statusCode()).isEqualTo(200);
        assertThat(source.get(NOBODY, SNAPSHOTS + "stock").statusCode()).isEqualTo(401);
        assertThat(source.get(NOBODY, "/statesync/revisions?topic=stock").statusCode())
                .isEqualTo(401);
    }

    @Test
    void overStompAliceHearsOfBothTopics() {
        try (Listening alice = new Listening(source, ALICE)) {
            alice.to("prices").join();
            alice.to("stock").join();

            Revision revision =
                    source.bean(StatePublisher.class).invalidate("prices").join();

            await().until(() -> alice.heard.revisions().contains(revision.toString()));
        }
    }

    @Test
    void overStompBobsSubscriptionOfTheOtherTopicEndsWithAnError() {
        try (Listening bob = new Listening(source, BOB)) {
            bob.to("stock").join();

            assertThatThrownBy(() -> bob.to("prices").join())
                    .hasMessageContaining("refused the subscription of topic \"prices\": this user may not read")
                    .hasCauseInstanceOf(StompRefusalException.class);

            Revision unheard =
                    source.bean(StatePublisher.class).invalidate("prices").join();
            await().until(() -> bob.heard.connectionsRestored() > 0);
            Revision heard =
                    source.bean(StatePublisher.class).invalidate("stock").join();
            await().until(() -> bob.heard.revisions().contains(heard.toString()));
            assertThat(bob.heard.revisions()).doesNotContain(unheard.toString());
        }
    }

    @Test
    void whoIsNotLoggedInCannotOpenTheWebSocket() {
        assertThat(source.refusalOfHandshake(NOBODY)).isEqualTo(401);
        source.handshake(BOB).join().abort();
    }

    @Test
    @DisplayName("revisions are told of what the caller may read; what he may not looks like what does not exist")
    void revisionsAreToldOfWhatTheCallerMayRead() throws Exception {
        String question = "/statesync/revisions?topic=prices&topic=stock&topic=nothing";

        assertThat(source.get(ALICE, question).body()).contains("\"prices\":", "\"stock\":");
        assertThat(source.get(BOB, question).body())
                .contains("\"stock\":")
                .doesNotContain("prices")
                .doesNotContain("nothing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x/snapshots/prices",
                "prices/snapshots/prices",
                "%70rices",
                "x%2Fsnapshots%2Fprices",
                "prices;a=b"
            })
    void noOtherSpellingOfTheAddressLeadsRoundTheRule(String spelling) throws Exception {
        assertThat(source.get(BOB, SNAPSHOTS + spelling).statusCode()).isIn(400, 403, 404);
    }

    @Test
    void aTopicHasOneAddressAlsoForWhoMayReadIt() throws Exception {
        assertThat(source.get(ALICE, SNAPSHOTS + "x/snapshots/prices").statusCode())
                .isEqualTo(404);
        assertThat(source.get(ALICE, SNAPSHOTS + "prices/").statusCode()).isEqualTo(404);
    }

    @Test
    void protectionAgainstForgedRequestsIsOnAndInNobodysWay() throws Exception {
        HttpRequest.Builder post = HttpRequest.newBuilder(source.url().resolve("/statesync/snapshots/stock"))
                .POST(BodyPublishers.noBody());

        // without a token nothing but GET and HEAD, which is all there is, gets as far as StateSync
        assertThat(source.send(ALICE, post).statusCode()).isEqualTo(403);
    }

    @Test
    void belowAContextPathAndADispatcherPathTheRuleIsFound() throws Exception {
        List<String> paths = List.of("--server.servlet.context-path=/shop", "--spring.mvc.servlet.path=/api");
        try (SecuredSource elsewhere = SecuredSource.start(paths, "/shop/api");
                Listening bob = new Listening(elsewhere, BOB)) {
            assertThat(elsewhere.get(BOB, SNAPSHOTS + "stock").statusCode()).isEqualTo(200);
            assertThat(elsewhere.get(BOB, SNAPSHOTS + "prices").statusCode()).isEqualTo(403);
            bob.to("stock").join();
            assertThatThrownBy(() -> bob.to("prices").join()).hasMessageContaining("may not read topic \"prices\"");
        }
    }
}
