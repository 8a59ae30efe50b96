package io.statesync.sample;

import io.statesync.Revision;
import io.statesync.SyncState;
import org.jspecify.annotations.Nullable;

/**
 * A topic as this instance has it.
 *
 * @param revision the canonical decimal form: a number would lose digits in a browser
 * @param state what the copy is worth
 * @param data what belongs to the revision
 */
record TopicView<T>(
        String revision, SyncState state, @Nullable T data) {

    TopicView(Revision revision, SyncState state, @Nullable T data) {
        this(revision.toString(), state, data);
    }
}
