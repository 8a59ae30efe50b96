package io.statesync.mutation;

import io.statesync.Revision;
import org.jspecify.annotations.Nullable;

/** Asks a source for newer rows; they come the usual way. Called under no lock; must not block. */
@FunctionalInterface
public interface Refresher {

    /**
     * Asks.
     *
     * @param atLeast the revision that is known to be there; null: just look
     */
    void refresh(@Nullable Revision atLeast);
}
