package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncPhase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code vectors/snapshots.json}, entry by entry (P3): what the engine does with an envelope that a provider decoded, and
 * with the {@link ProtocolException} of one that is none. The decoding here is the shortest that obeys P3; that a real
 * codec does the same is the codec's test.
 */
class SnapshotVectorsTest {

    private static final JsonNode VECTORS = JsonMapper.shared().readTree(Vectors.SNAPSHOTS.json());

    @TestFactory
    Stream<DynamicTest> envelopes() {
        return VECTORS.get("envelopes")
                .valueStream()
                .map(entry -> dynamicTest(
                        entry.get("name").stringValue(),
                        () -> refreshWith(
                                entry.get("envelope"), entry.get("accepted").booleanValue())));
    }

    private static void refreshWith(JsonNode envelope, boolean accepted) {
        RecordingListener heard = new RecordingListener();
        RecordingApplier<JsonNode> applier = new RecordingApplier<>();
        try (RevisionSync<JsonNode> sync = RevisionSync.forTopic("app-config")
                .subscriber(HandSubscriber.confirming())
                .provider(() -> decode(envelope))
                .applier(applier)
                .listener(heard)
                .build()) {
            CompletableFuture<Revision> refresh = sync.refresh();
            if (accepted) {
                assertThat(refresh).succeedsWithin(20, TimeUnit.SECONDS);
                assertThat(applier.applied()).singleElement().satisfies(snapshot -> {
                    assertThat(snapshot.revision())
                            .hasToString(envelope.get("revision").stringValue());
                    assertThat(snapshot.data()).isEqualTo(envelope.get("data"));
                });
                assertThat(heard.errors()).isEmpty();
            } else {
                assertThat(refresh).failsWithin(20, TimeUnit.SECONDS);
                assertThat(applier.received()).isEmpty();
                assertThat(heard.errors()).singleElement().satisfies(error -> {
                    assertThat(error.phase()).isEqualTo(SyncPhase.PROTOCOL);
                    assertThat(error.error()).isInstanceOf(ProtocolException.class);
                });
            }
        }
    }

    private static SnapshotEnvelope<JsonNode> decode(JsonNode envelope) {
        JsonNode revision = envelope.path("revision");
        if (!revision.isString() || !envelope.has("data")) {
            throw new ProtocolException("not a snapshot envelope: " + envelope);
        }
        return new SnapshotEnvelope<>(Revision.parse(revision.stringValue()), envelope.get("data"));
    }
}
