package io.statesync.sample;

/** What there is to know about a feature flag. */
record Flag(boolean enabled) {}
