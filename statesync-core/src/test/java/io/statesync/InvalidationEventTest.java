package io.statesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class InvalidationEventTest {

    private static final Revision REVISION = new Revision(7);

    @Test
    void anEventNeedsATopic() {
        assertThatIllegalArgumentException().isThrownBy(() -> InvalidationEvent.of(" ", REVISION));
        assertThat(InvalidationEvent.of(" x ", REVISION).topic()).isEqualTo(" x ");
    }

    @Test
    void aSourceIdHasAtMost255Characters() {
        String longest = "s".repeat(255);

        assertThat(new InvalidationEvent("x", REVISION, longest, 5, null).sourceId())
                .isEqualTo(longest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InvalidationEvent("x", REVISION, longest + "s", 5, null))
                .withMessageContaining("\"x\"")
                .withMessageContaining("256");
    }

    @Test
    void aNegativeTimestampIsNone() {
        assertThat(new InvalidationEvent("x", REVISION, null, -17, null))
                .isEqualTo(InvalidationEvent.of("x", REVISION))
                .extracting(InvalidationEvent::timestampMs)
                .isEqualTo(InvalidationEvent.NO_TIMESTAMP);
        assertThat(new InvalidationEvent("x", REVISION, null, 0, null).timestampMs())
                .isZero();
    }

    @Test
    void anEnvelopeIsMappedUnderItsRevision() {
        assertThat(new SnapshotEnvelope<>(REVISION, "abc").map(text -> text == null ? 0 : text.length()))
                .isEqualTo(new SnapshotEnvelope<>(REVISION, 3));
    }

    @Test
    void everyPhaseHasATag() {
        assertThat(SyncPhase.values())
                .extracting(SyncPhase::tag)
                .doesNotHaveDuplicates()
                .contains("start", "subscribe", "getSnapshot", "protocol", "apply");
    }
}
