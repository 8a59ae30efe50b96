package io.statesync.test;

import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.persistence.PersistenceListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Remembers everything that a persistence says, in order. Safe for use by any thread. */
public final class RecordingPersistenceListener implements PersistenceListener {

    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private final Queue<SyncErrorContext> errors = new ConcurrentLinkedQueue<>();
    private final Queue<Saved> saved = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> reasons = new ConcurrentLinkedQueue<>();

    @Override
    public void saveStarted(String topic, Revision revision) {
        events.add("saveStarted " + revision);
    }

    @Override
    public void saved(String topic, Revision revision, long bytes, Duration duration) {
        events.add("saved " + revision);
        saved.add(new Saved(topic, revision, bytes, duration));
    }

    @Override
    public void saveFailed(String topic, Revision revision, Throwable error) {
        events.add("saveFailed " + revision);
    }

    @Override
    public void loaded(String topic, Revision revision, long bytes, Instant savedAt) {
        events.add("loaded " + revision);
    }

    @Override
    public void expired(String topic, Revision revision, Instant savedAt) {
        events.add("expired " + revision);
    }

    @Override
    public void migrated(String topic, Revision revision, int fromSchema, int toSchema) {
        events.add("migrated " + revision + " " + fromSchema + "->" + toSchema);
    }

    @Override
    public void setAside(String topic, String where, Throwable reason) {
        events.add("setAside");
        reasons.add(reason);
    }

    @Override
    public void cleared(String topic, Revision revision) {
        events.add("cleared " + revision);
    }

    @Override
    public void onError(SyncErrorContext context) {
        errors.add(context);
    }

    /** What happened, as short words: {@code saved 7}, {@code setAside}. */
    public List<String> events() {
        return List.copyOf(events);
    }

    /** How often this happened. */
    public long count(String event) {
        return events.stream().filter(event::equals).count();
    }

    /** The records that were saved. */
    public List<Saved> saved() {
        return List.copyOf(saved);
    }

    /** Why records were set aside. */
    public List<Throwable> reasons() {
        return List.copyOf(reasons);
    }

    /** The failures. */
    public List<SyncErrorContext> errors() {
        return List.copyOf(errors);
    }

    /** The failures of this phase. */
    public List<SyncErrorContext> errors(SyncPhase phase) {
        return errors.stream().filter(it -> it.phase() == phase).toList();
    }

    /** A record that was saved. */
    public record Saved(String topic, Revision revision, long bytes, Duration duration) {}
}
