package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationOutcome;
import io.statesync.ProtocolException;
import io.statesync.RevisionSync;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A started engine for the topic app-config, to which payloads are handed as a transport does after its codec: fields of
 * the right type to {@code onInvalidation}, anything else to {@code onMalformed}.
 */
final class HandedOver implements AutoCloseable {

    private final HandSubscriber transport = HandSubscriber.confirming();
    private final RecordingListener heard = new RecordingListener();
    private final WatchedExecutor threads = new WatchedExecutor();
    private final RevisionSync<String> sync = RevisionSync.forTopic("app-config")
            .subscriber(transport)
            .provider(GatedProvider.at(0, "state"))
            .applier(new RecordingApplier<>())
            .executor(threads)
            .scheduler(new ManualScheduler())
            .listener(heard)
            .build();

    HandedOver() {
        sync.start();
    }

    void payload(@Nullable JsonNode payload) {
        if (payload == null || !payload.isObject()) {
            malformed(payload);
            return;
        }
        JsonNode topic = payload.path("topic");
        JsonNode revision = payload.path("revision");
        if (isOfAnotherType(topic) || isOfAnotherType(revision)) {
            malformed(payload);
            return;
        }
        JsonNode timestamp = payload.path("timestampMs");
        transport
                .last()
                .handler()
                .onInvalidation(
                        textOf(topic),
                        textOf(revision),
                        textOf(payload.path("sourceId")),
                        timestamp.isIntegralNumber() ? timestamp.longValue() : InvalidationEvent.NO_TIMESTAMP,
                        null);
    }

    void malformed(@Nullable Object payload) {
        transport.last().deliverMalformed(payload, new ProtocolException("not an invalidation event"));
    }

    private static boolean isOfAnotherType(JsonNode field) {
        return !field.isString() && !field.isNull() && !field.isMissingNode();
    }

    private static @Nullable String textOf(JsonNode field) {
        return field.isString() ? field.stringValue() : null;
    }

    void assertAccepted() {
        threads.awaitIdle();
        assertThat(heard.errors()).isEmpty();
        assertThat(heard.invalidations())
                .extracting(RecordingListener.Invalidation::outcome)
                .doesNotContain(InvalidationOutcome.MALFORMED)
                .hasSize(1);
    }

    void assertProtocolError() {
        threads.awaitIdle();
        assertThat(heard.errors()).singleElement().satisfies(error -> {
            assertThat(error.phase()).isEqualTo(SyncPhase.PROTOCOL);
            assertThat(error.topic()).isEqualTo("app-config");
            assertThat(error.error()).isInstanceOf(ProtocolException.class);
        });
        assertThat(heard.errors()).extracting(SyncErrorContext::willRetry).containsExactly(false);
        assertThat(heard.invalidations())
                .extracting(RecordingListener.Invalidation::outcome)
                .containsExactly(InvalidationOutcome.MALFORMED);
        assertThat(heard.reports()).as("the first refresh and no other").hasSize(1);
    }

    @Override
    public void close() {
        sync.close();
        threads.close();
    }
}
