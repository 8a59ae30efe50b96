package io.statesync.spring;

/**
 * Keeps something for each topic, such as meters or a history: a {@link io.statesync.SyncListener} bean that also is one is
 * told which topics there are, so that it keeps nothing of a topic that is gone. Called for one topic at a time, by any
 * thread; must be quick and must not open or close topics.
 */
public interface TopicMemory {

    /** There is a replica of this topic now, or its source: called before its first event. */
    void remember(String topic);

    /**
     * The last replica of this topic, which was opened at run time, was closed, and its source is not here. A last event of
     * it may still come.
     */
    void forget(String topic);
}
