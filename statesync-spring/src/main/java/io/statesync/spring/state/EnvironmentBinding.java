package io.statesync.spring.state;

import io.statesync.state.MapChange;

/** Takes part in each change of the environment by a topic: what was bound to properties is bound again. */
@FunctionalInterface
public interface EnvironmentBinding {

    /**
     * Makes everything ready for a change that nobody but this thread sees yet: here the environment has the new properties.
     * Called on the refresh thread, for one change of an environment at a time. Must leave what the application uses as it is.
     *
     * @param change the properties by their flat names
     * @throws RuntimeException if the change cannot be taken: the apply fails with it, and nothing has changed
     */
    Prepared prepare(MapChange<String, Object> change);

    /** A change that is ready. */
    interface Prepared {

        /**
         * Makes the change effective; everybody sees the new properties by now.
         *
         * @throws RuntimeException if that fails: it has taken back what it did, and everything else is taken back, too
         */
        void commit();

        /** Takes a committed change back: another one could not be committed. The environment has the old properties again. */
        void rollback();

        /** Everything that takes part has committed, and nothing is taken back any more: listeners may be told. Must not throw. */
        default void completed() {}
    }
}
