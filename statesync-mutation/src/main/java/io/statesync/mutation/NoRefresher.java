package io.statesync.mutation;

import io.statesync.Revision;
import org.jspecify.annotations.Nullable;

/** For sources that cannot be asked: what is new comes when it comes. */
enum NoRefresher implements Refresher {
    INSTANCE;

    @Override
    public void refresh(@Nullable Revision atLeast) {
        // there is nobody to ask
    }
}
