package io.statesync.state;

import io.statesync.RefreshCause;
import io.statesync.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A value was swapped for a newer one.
 *
 * @param before what was held; null at the first snapshot, or if the source's state was null
 * @param after what is held now; null only if the source's state is null
 * @param revision the revision of {@code after}
 * @param cause why the round that brought {@code after} was run; null if no sync applied it
 */
public record StateChange<T>(
        @Nullable T before,
        @Nullable T after,
        Revision revision,
        @Nullable RefreshCause cause) {

    /** This change and the one after it as one, for whoever missed what was in between. */
    public StateChange<T> and(StateChange<T> next) {
        return new StateChange<>(before, next.after, next.revision, next.cause);
    }
}
