package io.statesync.spring;

/** What the start of an application has to do with the first snapshot of a topic. */
public enum Startup {
    /** The application is not ready before it, and fails to start if it cannot be had in time. */
    REQUIRED,
    /** The application starts without it; it is tried for as long as it takes. */
    BACKGROUND
}
