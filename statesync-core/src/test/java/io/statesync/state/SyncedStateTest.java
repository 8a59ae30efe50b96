package io.statesync.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Freshness;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
        state.freshness(new FourSeconds());

        state.apply(envelope(3, "three"));

        assertThat(state.snapshot())
                .isEqualTo(new SyncedState.Snapshot<>("three", new Revision(3), Duration.ofSeconds(4)));
        assertThat(state.get()).isEqualTo("three");
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
        Registration registration = state.onChange(
                change -> changes.add(
                        change.before() + ">" + change.after() + "@" + change.revision() + "=" + state.get()),
                Runnable::run);

        state.apply(envelope(1, "one"));
        state.apply(envelope(2, "two"));
        registration.close();
        registration.close();
        state.apply(envelope(3, "three"));

        assertThat(changes).containsExactly("null>one@1=one", "one>two@2=two");
    }

    @Test
    void withALimitEachReadAsksWhetherItMayAndASnapshotDoesNot() {
        Limit limit = new Limit();
        SyncedState<String> initial = SyncedState.withInitial("initial");
        SyncedState<String> state = SyncedState.create();
        initial.freshness(limit);
        state.freshness(limit);
        state.apply(envelope(3, "three"));
        assertThat(initial.get()).isEqualTo("initial");
        assertThat(state.get()).isEqualTo("three");

        limit.passed = true;

        assertThatThrownBy(initial::get).hasMessage("too old");
        assertThatThrownBy(state::get).hasMessage("too old");
        assertThat(state.snapshot().value()).isEqualTo("three");
        assertThat(state.hasValue()).isTrue();
    }

    private record FourSeconds() implements Freshness {

        @Override
        public Duration age() {
            return Duration.ofSeconds(4);
        }

        @Override
        public boolean limited() {
            return false;
        }

        @Override
        public void require() {
            throw new AssertionError("without a limit nobody has to ask");
        }
    }

    private static final class Limit implements Freshness {

        private boolean passed;

        @Override
        public @Nullable Duration age() {
            return null;
        }

        @Override
        public boolean limited() {
            return true;
        }

        @Override
        public void require() {
            if (passed) {
                throw new IllegalStateException("too old");
            }
        }
    }

    private static SnapshotEnvelope<String> envelope(long revision, String data) {
        return new SnapshotEnvelope<>(new Revision(revision), data);
    }
}
