package io.statesync.test;

import io.statesync.RefreshOutcome;
import io.statesync.RoundObserver;
import io.statesync.RoundScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Observers of rounds that fail in each way they can. */
final class BrokenObservers {

    private BrokenObservers() {}

    @SuppressWarnings("NullAway") // a broken observer's null
    static List<RoundObserver> all() {
        RoundObserver throwing = (topic, cause, traceparent) -> {
            throw new AssertionError("broken observer");
        };
        return List.of(
                throwing, (topic, cause, traceparent) -> null, (topic, cause, traceparent) -> new ThrowingScope());
    }

    private static final class ThrowingScope implements RoundScope {

        @Override
        public void applying() {
            throw new IllegalStateException("broken scope");
        }

        @Override
        public void applied(@Nullable Throwable error) {
            throw new AssertionError("broken scope");
        }

        @Override
        public void ended(@Nullable RefreshOutcome outcome, @Nullable Throwable error) {
            throw new IllegalStateException("broken scope");
        }
    }
}
