package io.statesync.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyncedStateTest {

    private final List<String> changes = new ArrayList<>();

    @Test
    void readingBeforeTheFirstSnapshotThrows() {
        SyncedState<String> state = SyncedState.create();

        assertThat(state.hasValue()).isFalse();
        assertThatIllegalStateException().isThrownBy(state::get).withMessageContaining("withInitial");
        assertThatIllegalStateException().isThrownBy(state::snapshot);
    }

    @Test
    void anInitialValueIsReadUntilTheFirstSnapshot() {
        SyncedState<String> state = SyncedState.withInitial("initial");
        assertThat(state.hasValue()).isTrue();
        assertThat(state.get()).isEqualTo("initial");
        assertThat(state.snapshot()).isEqualTo(new SyncedState.Snapshot<>("initial", Revision.ZERO, null));

        state.apply(envelope(3, "three"));

        assertThat(state.get()).isEqualTo("three");
    }

    @Test
    void theValueItsRevisionAndItsAgeBelongTogether() {
        SyncedState<String> state = SyncedState.create();
        state.freshness(() -> Duration.ofSeconds(4));

        state.apply(envelope(3, "three"));

        assertThat(state.snapshot())
                .isEqualTo(new SyncedState.Snapshot<>("three", new Revision(3), Duration.ofSeconds(4)));
    }

    @Test
    void nullIsAValue() {
        SyncedState<String> state = SyncedState.create();

        state.apply(envelope(1, null));

        assertThat(state.hasValue()).isTrue();
        assertThat(state.get()).isNull();
    }

    @Test
    void listenersHearOfEachSwapUntilTheyAreRemoved() {
        SyncedState<String> state = SyncedState.create();
        SyncedState.Registration registration =
                state.onChange((before, after) -> changes.add(before + ">" + after + "=" + state.get()));

        state.apply(envelope(1, "one"));
        state.apply(envelope(2, "two"));
        registration.close();
        registration.close();
        state.apply(envelope(3, "three"));

        assertThat(changes).containsExactly("null>one=one", "one>two=two");
    }

    @Test
    void aThrowingListenerHarmsNobody() {
        SyncedState<String> state = SyncedState.create();
        state.onChange((before, after) -> {
            throw new IllegalStateException("broken");
        });
        state.onChange((before, after) -> changes.add(after));

        state.apply(envelope(1, "one"));

        assertThat(state.get()).isEqualTo("one");
        assertThat(changes).containsExactly("one");
    }

    private static SnapshotEnvelope<String> envelope(long revision, String data) {
        return new SnapshotEnvelope<>(new Revision(revision), data);
    }
}
