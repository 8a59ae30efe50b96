package io.statesync.spring;

import io.statesync.source.RevisionCounter;

/** Counts the revisions of this application's topics in one kind of store. A bean of this type adds a counter. */
public interface CounterDriver {

    /** What is written as {@code statesync.counter}. */
    String name();

    /**
     * Prepares to count. Called once, and only if this counter is the one that is named.
     *
     * @throws SetupException if what it counts in is not here
     */
    RevisionCounter open();
}
