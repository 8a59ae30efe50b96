package io.statesync.test;

import io.statesync.RefreshCause;
import io.statesync.RefreshOutcome;
import io.statesync.RoundObserver;
import io.statesync.RoundScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Records what happens around each round, and on which thread. Safe for use by any thread. */
public final class RecordingObserver implements RoundObserver {

    private final List<Observed> rounds = new CopyOnWriteArrayList<>();

    @Override
    public RoundScope begin(String topic, RefreshCause cause, @Nullable String traceparent) {
        Observed round = new Observed(topic, cause, traceparent);
        rounds.add(round);
        return round;
    }

    /** The rounds that began, in order. */
    public List<Observed> rounds() {
        return List.copyOf(rounds);
    }

    /** The newest round. */
    public Observed last() {
        if (rounds.isEmpty()) {
            throw new AssertionError("no round has begun");
        }
        return rounds.get(rounds.size() - 1);
    }

    /** One round. */
    public static final class Observed implements RoundScope {

        private final String topic;
        private final RefreshCause cause;
        private final @Nullable String traceparent;
        private final Thread thread = Thread.currentThread();
        private final List<String> calls = new CopyOnWriteArrayList<>();
        private volatile @Nullable Throwable error;

        private Observed(String topic, RefreshCause cause, @Nullable String traceparent) {
            this.topic = topic;
            this.cause = cause;
            this.traceparent = traceparent;
        }

        @Override
        public void applying() {
            note("applying");
        }

        @Override
        public void applied(@Nullable Throwable thrown) {
            note(thrown == null ? "applied" : "not applied: " + thrown.getMessage());
        }

        @Override
        public void ended(@Nullable RefreshOutcome outcome, @Nullable Throwable thrown) {
            error = thrown;
            note(outcome == null ? "taken back" : outcome.name());
        }

        private void note(String call) {
            calls.add(Thread.currentThread() == thread ? call : call + " on another thread");
        }

        /** The topic. */
        public String topic() {
            return topic;
        }

        /** Why it was run. */
        public RefreshCause cause() {
            return cause;
        }

        /** The trace that it belongs to. */
        public @Nullable String traceparent() {
            return traceparent;
        }

        /** What was called, in order; the last is the outcome, {@code taken back} if there is none. */
        public List<String> calls() {
            return new ArrayList<>(calls);
        }

        /** Why it failed. */
        public @Nullable Throwable error() {
            return error;
        }
    }
}
