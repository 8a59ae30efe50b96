package io.statesync.test;

import io.statesync.Revision;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An applier that records what it is given, and that a test holds, fails and hooks. Safe for use by any thread. */
public final class RecordingApplier<T> implements SnapshotApplier<T> {

    private final Gate gate = new Gate("applier");
    private final List<SnapshotEnvelope<T>> received = new CopyOnWriteArrayList<>();
    private final List<SnapshotEnvelope<T>> applied = new CopyOnWriteArrayList<>();
    private volatile SnapshotApplier<T> hook = snapshot -> {};

    @Override
    public void apply(SnapshotEnvelope<T> snapshot) throws Exception {
        received.add(snapshot);
        Gate.Pass pass = gate.enter();
        try {
            hook.apply(snapshot);
            pass.go();
            applied.add(snapshot);
        } finally {
            gate.exit();
        }
    }

    /** What each call runs first; it may throw. */
    public void hook(SnapshotApplier<T> newHook) {
        hook = newHook;
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

    /** Every call from now on fails. */
    public void fail(Throwable error) {
        gate.fail(error, false);
    }

    /** The next call fails. */
    public void failNext(Throwable error) {
        gate.fail(error, true);
    }

    /** Calls succeed again. */
    public void recover() {
        gate.fail(null, false);
    }

    /** What it was given, in order, also where it failed. */
    public List<SnapshotEnvelope<T>> received() {
        return List.copyOf(received);
    }

    /** What it took, in order. */
    public List<SnapshotEnvelope<T>> applied() {
        return List.copyOf(applied);
    }

    /** The revisions of what it took, in order. */
    public List<Revision> revisions() {
        return applied.stream().map(SnapshotEnvelope::revision).toList();
    }

    /** The most calls that ever ran at once. */
    public int mostAtOnce() {
        return gate.most();
    }

    /** How many calls run now. */
    public int running() {
        return gate.running();
    }

    /** Waits until so many calls have begun. */
    public void awaitBegun(int count) {
        gate.awaitBegun(count);
    }

    /** Waits until so many calls have ended. */
    public void awaitEnded(int count) {
        gate.awaitEnded(count);
    }
}
