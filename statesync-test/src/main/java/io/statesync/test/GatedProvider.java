package io.statesync.test;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.SnapshotProvider;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A provider whose calls a test holds, releases, fails and counts. A call reads its answer when it begins and travels for
 * as long as it is held, so a held answer grows old. Safe for use by any thread.
 */
public final class GatedProvider<T> implements ConditionalSnapshotProvider<T> {

    private final Gate gate = new Gate("provider");
    private final List<Optional<Revision>> known = new CopyOnWriteArrayList<>();
    private volatile Callable<? extends @Nullable SnapshotEnvelope<T>> answer;

    private GatedProvider(Callable<? extends @Nullable SnapshotEnvelope<T>> answer) {
        this.answer = answer;
    }

    /** One that asks this function for each answer; it may throw. */
    public static <T> GatedProvider<T> answering(Callable<? extends @Nullable SnapshotEnvelope<T>> answer) {
        return new GatedProvider<>(answer);
    }

    /** One that gives this answer until it is told another. */
    public static <T> GatedProvider<T> at(long revision, @Nullable T data) {
        SnapshotEnvelope<T> first = new SnapshotEnvelope<>(new Revision(revision), data);
        return answering(() -> first);
    }

    /** From now on this is the answer. */
    public void answer(long revision, @Nullable T data) {
        SnapshotEnvelope<T> next = new SnapshotEnvelope<>(new Revision(revision), data);
        answer = () -> next;
    }

    /** From now on this function gives the answer: it may throw, or return null as a broken provider would. */
    public void answer(Callable<? extends @Nullable SnapshotEnvelope<T>> next) {
        answer = next;
    }

    /** The same provider without its condition: each call brings a snapshot. */
    public SnapshotProvider<T> unconditional() {
        return this::getSnapshot;
    }

    @Override
    public SnapshotEnvelope<T> getSnapshot() throws Exception {
        return call(null);
    }

    @Override
    @SuppressWarnings("NullAway") // a broken provider's null goes through as it is
    public Optional<SnapshotEnvelope<T>> getSnapshotUnless(Revision atSource) throws Exception {
        SnapshotEnvelope<T> snapshot = call(atSource);
        if (snapshot == null) {
            return null;
        }
        return snapshot.revision().equals(atSource) ? Optional.empty() : Optional.of(snapshot);
    }

    @SuppressWarnings("NullAway") // as above
    private SnapshotEnvelope<T> call(@Nullable Revision condition) throws Exception {
        known.add(Optional.ofNullable(condition));
        Callable<? extends @Nullable SnapshotEnvelope<T>> mine = answer;
        Gate.Pass pass = gate.enter();
        try {
            SnapshotEnvelope<T> snapshot = pass.failure() == null ? mine.call() : null;
            pass.go();
            return snapshot;
        } finally {
            gate.exit();
        }
    }

    /** Calls that begin from now on wait for {@link #release}, or for an interrupt. */
    public void hold() {
        gate.hold(true);
    }

    /** Calls that begin from now on wait for the returned action, whatever interrupts them. */
    public Runnable holdStubbornly() {
        return gate.hold(false)::release;
    }

    /** Lets every held call go, the stubborn ones too, and later ones pass. */
    public void release() {
        gate.open();
    }

    /** Later calls pass, those that are held stay so. */
    public void letLaterCallsPass() {
        gate.forget();
    }

    /** Every call from now on fails, after its hold. */
    public void fail(Throwable error) {
        gate.fail(error, false);
    }

    /** The next call fails, after its hold. */
    public void failNext(Throwable error) {
        gate.fail(error, true);
    }

    /** Calls succeed again. */
    public void recover() {
        gate.fail(null, false);
    }

    /** How many calls have begun. */
    public int calls() {
        return gate.begun();
    }

    /** How many calls run now. */
    public int running() {
        return gate.running();
    }

    /** The most calls that ever ran at once. */
    public int mostAtOnce() {
        return gate.most();
    }

    /** The condition of each call, in order; empty for a call without one. */
    public List<Optional<Revision>> conditions() {
        return List.copyOf(known);
    }

    /** Waits until so many calls have begun. */
    public void awaitCalls(int count) {
        gate.awaitBegun(count);
    }

    /** Waits until so many calls have ended. */
    public void awaitEnded(int count) {
        gate.awaitEnded(count);
    }
}
