package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.InvalidationOutcome;
import io.statesync.ProtocolException;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class RecentHistoryTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final RecentHistory history = new RecentHistory(Set.of("flags"), InstantSource.fixed(NOW));

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
