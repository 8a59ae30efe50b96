package io.statesync;

/** Puts a snapshot where the application wants it. */
@FunctionalInterface
public interface SnapshotApplier<T> {

    /**
     * Takes a whole snapshot. Called on a refresh thread, one at a time per topic, in revision order, under no lock (E8).
     * After a failure it is called again with the same or a newer snapshot, so it must be idempotent (EX-25).
     *
     * @throws Exception if it cannot be taken: reported with {@link SyncPhase#APPLY}, and the revision is not recorded
     */
    void apply(SnapshotEnvelope<T> snapshot) throws Exception;

    /**
     * This applier, then the other: one snapshot feeds both. If either throws, the revision is not recorded and both get a
     * snapshot again (EX-25).
     */
    default SnapshotApplier<T> andThen(SnapshotApplier<? super T> next) {
        return new ChainedApplier<>(this, next);
    }
}
