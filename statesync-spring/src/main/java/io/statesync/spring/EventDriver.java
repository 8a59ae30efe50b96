package io.statesync.spring;

import io.statesync.InvalidationSubscriber;

/** Brings the invalidations of a source, over one kind of transport. A bean of this type adds a transport. */
public interface EventDriver {

    /** What is written as {@code statesync.sources.<name>.events}. */
    String name();

    /**
     * Prepares to listen to a source; connects when the first topic is subscribed. Called once per source. Closed with the
     * application context if it is {@link AutoCloseable}.
     *
     * @param log is told when the connection comes and goes; an operator reads that there, once, and not for each topic
     */
    InvalidationSubscriber open(SourceSettings source, SourceLog log);
}
