package io.statesync.spring;

/**
 * Hears how large snapshots are, as JSON before compression. Called by whoever encodes one (a server, once per revision) or
 * has read one (a provider, on the refresh thread); must be quick and must not throw. Safe for use by any thread.
 */
@FunctionalInterface
public interface SnapshotSizes {

    /** Hears nothing. */
    SnapshotSizes NONE = (topic, bytes) -> {};

    /** A whole snapshot of this topic had so many bytes. */
    void measured(String topic, long bytes);
}
