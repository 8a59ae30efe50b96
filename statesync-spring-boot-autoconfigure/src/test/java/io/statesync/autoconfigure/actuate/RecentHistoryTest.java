package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationOutcome;
import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.PayloadApplicationEvent;

class RecentHistoryTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final RecentHistory history =
            new RecentHistory(Set.of("flags"), event -> "me".equals(event.sourceId()), InstantSource.fixed(NOW));

    @Test
    void theLastFiftyEventsAreKeptAndStaleOnesCountForNothing() {
        for (int i = 1; i <= 60; i++) {
            history.onInvalidation("flags", i, InvalidationOutcome.ACCEPTED);
            history.onInvalidation("flags", 1, InvalidationOutcome.STALE);
        }
        assertThat(history.of("flags").events()).hasSize(50);
        assertThat(history.of("flags").events().get(0))
                .isEqualTo(new TopicEvent("2026-01-02T03:04:05.678Z", "invalidation", "accepted", null, "11", null));
    }

    @Test
    void theLastFiftyErrorsAreKeptBesideTheEvents() {
        history.onConnectionLost("flags", null);
        for (int i = 1; i <= 60; i++) {
            fail(new IllegalStateException("no " + i));
        }
        history.onConnectionRestored("flags");
        assertThat(history.of("flags").errors()).hasSize(50);
        assertThat(message()).isEqualTo("IllegalStateException: no 60");
        assertThat(history.of("flags").events()).extracting(TopicEvent::outcome).containsExactly("lost", "restored");
    }

    @Test
    void aTopicThatIsNotKnownHereIsNotRemembered() {
        history.onInvalidation("other", 7, InvalidationOutcome.ACCEPTED);
        history.onError(SyncErrorContext.of(SyncPhase.PROTOCOL, null, new IllegalStateException()));
        history.onError(SyncErrorContext.of(SyncPhase.PROTOCOL, "other", new IllegalStateException()));
        assertThat(history.of("other")).isNull();
    }

    @Test
    void whatIsAnnouncedHereIsRememberedAndWhatOthersAnnounceIsNot() {
        announced("flags", 1, "me");
        announced("flags", 2, "somebody");
        announced("other", 3, "me");
        assertThat(history.of("flags").events())
                .containsExactly(new TopicEvent("2026-01-02T03:04:05.678Z", "announcement", "issued", null, "1", null));
    }

    private void announced(String topic, long revision, String sourceId) {
        InvalidationEvent event = new InvalidationEvent(topic, new Revision(revision), sourceId, -1, null);
        history.onApplicationEvent(new PayloadApplicationEvent<>(this, event));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    login with password=hunter2 failed        | login with password=.. failed
                    {"api_key": "abc-def", "x": 1}            | {"api_key": .., "x": 1}
                    GET /x?access_token=a.b.c&y=2 refused     | GET /x?access_token=..&y=2 refused
                    Authorization: Bearer eyJhbGciOi.J9 was   | Authorization: Bearer .. was
                    Basic cmVwbGljYTpzZWNyZXQ= is not enough  | Basic .. is not enough
                    password="hunter 2, or so" is wrong        | password=.. is wrong
                    "pwd": "a, b", "x": 1                     | "pwd": .., "x": 1
                    the token is missing                      | the token is missing
                    """)
    void credentialsInAMessageAreNotShown(String message, String shown) {
        fail(new IllegalStateException(message));
        assertThat(message()).isEqualTo("IllegalStateException: " + shown);
    }

    @Test
    void whatAnApplierSaysOfItsDataIsNotShown() {
        history.onError(SyncErrorContext.of(
                SyncPhase.APPLY, "flags", new IllegalArgumentException("no price 12.50 for customer 4711")));
        assertThat(message()).isEqualTo("IllegalArgumentException (the log says more)");
    }

    @Test
    void credentialsInAnAddressAreNotShown() {
        fail(new IllegalStateException("GET https://me:pass@shop:8080/x failed\nsecond line"));
        assertThat(message()).isEqualTo("IllegalStateException: GET https://..@shop:8080/x failed");
    }

    @Test
    void dataIsNotShownWhereItDoesNotFit() {
        fail(new CompletionException(new ProtocolException(
                "the data does not fit int at data.pin: Cannot deserialize from String \"12\n34\": not valid")));
        assertThat(message())
                .isEqualTo("ProtocolException: the data does not fit int at data.pin: Cannot deserialize from String .."
                        + ": not valid");
        fail(new ProtocolException("Numeric value (123456789012) out of range"));
        assertThat(message()).isEqualTo("ProtocolException: Numeric value .. out of range");
    }

    @Test
    void aLongMessageIsCut() {
        fail(new IllegalStateException("x".repeat(1000)));
        assertThat(message()).hasSizeLessThan(250).endsWith("..");
    }

    private void fail(RuntimeException error) {
        history.onError(SyncErrorContext.of(SyncPhase.GET_SNAPSHOT, "flags", error));
    }

    private String message() {
        var errors = history.of("flags").errors();
        return errors.get(errors.size() - 1).message();
    }
}
