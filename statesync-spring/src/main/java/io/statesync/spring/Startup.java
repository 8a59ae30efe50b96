package io.statesync.spring;

/** What the start of an application has to do with the first snapshot of a topic. */
public enum Startup {
    /**
     * The application is not ready before it. If it cannot be had in time the application starts on a restored state where
     * there is one, and fails to start where there is none.
     */
    REQUIRED,
    /** The application is ready with a restored state, whatever the source does; without one as {@link #REQUIRED}. */
    PERSISTED_FIRST,
    /** The application starts without it; it is tried for as long as it takes. */
    BACKGROUND
}
