package io.statesync.test;

import io.statesync.InvalidationOutcome;
import io.statesync.RefreshOutcome;
import io.statesync.RefreshReport;
import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.SyncPhase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A listener that records everything it hears, by kind and in order. Safe for use by any thread. */
public final class RecordingListener implements SyncListener {

    private final Queue<Invalidation> invalidations = new ConcurrentLinkedQueue<>();
    private final Queue<RefreshReport> reports = new ConcurrentLinkedQueue<>();
    private final Queue<SyncErrorContext> errors = new ConcurrentLinkedQueue<>();
    private final AtomicInteger coalesced = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger restored = new AtomicInteger();

    @Override
    public void onInvalidation(String topic, long revisionBits, InvalidationOutcome outcome) {
        invalidations.add(new Invalidation(topic, new Revision(revisionBits), outcome));
    }

    @Override
    public void onCoalesced(String topic) {
        coalesced.incrementAndGet();
    }

    @Override
    public void onRefreshEnded(RefreshReport report) {
        reports.add(report);
    }

    @Override
    public void onConnectionLost(String topic, @Nullable Throwable cause) {
        lost.incrementAndGet();
    }

    @Override
    public void onConnectionRestored(String topic) {
        restored.incrementAndGet();
    }

    @Override
    public void onError(SyncErrorContext context) {
        errors.add(context);
    }

    /** The events that arrived. */
    public List<Invalidation> invalidations() {
        return List.copyOf(invalidations);
    }

    /** How many events had this outcome. */
    public long invalidations(InvalidationOutcome outcome) {
        return invalidations.stream().filter(it -> it.outcome == outcome).count();
    }

    /** How many demands joined a waiting one. */
    public int coalesced() {
        return coalesced.get();
    }

    /** The rounds that ended. */
    public List<RefreshReport> reports() {
        return List.copyOf(reports);
    }

    /** The rounds that ended in this way. */
    public List<RefreshReport> reports(RefreshOutcome outcome) {
        return reports.stream().filter(it -> it.outcome() == outcome).toList();
    }

    /** The failures. */
    public List<SyncErrorContext> errors() {
        return List.copyOf(errors);
    }

    /** The failures of this phase. */
    public List<SyncErrorContext> errors(SyncPhase phase) {
        return errors.stream().filter(it -> it.phase() == phase).toList();
    }

    /** How often the connection was lost. */
    public int connectionsLost() {
        return lost.get();
    }

    /** How often the connection came back. */
    public int connectionsRestored() {
        return restored.get();
    }

    /** An event as {@link SyncListener#onInvalidation} tells it. */
    public record Invalidation(String topic, Revision revision, InvalidationOutcome outcome) {}
}
