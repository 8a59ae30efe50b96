package io.statesync.spring;

/** Reads the snapshots of a source, over one kind of transport. A bean of this type adds a transport. */
public interface SnapshotDriver {

    /** What is written as {@code statesync.sources.<name>.snapshots}. */
    String name();

    /** Prepares to read from a source; connects when a snapshot is asked for. Called once per source. */
    SnapshotSource open(SourceSettings source);
}
