package io.statesync.persistence;

import io.statesync.SnapshotEnvelope;

/** Looks at a snapshot that was kept before it is used again. Always run, on each load. */
@FunctionalInterface
public interface SnapshotValidator<T> {

    /**
     * Accepts the snapshot by returning.
     *
     * @throws Exception if it must not be used: the record is set aside, and the message reported
     */
    void validate(SnapshotEnvelope<T> snapshot) throws Exception;
}
