package io.statesync.sample;

import io.statesync.Revision;

/** The answer to a write: whoever sees this revision somewhere sees the write. */
record Issued(String revision) {

    Issued(Revision revision) {
        this(revision.toString());
    }
}
