package io.statesync.spring;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;

/**
 * Stands between the change of a topic and its announcement, so that both can belong to one trace. Safe for use by any
 * thread. What it throws is logged at DEBUG, and the announcement is made all the same (E7).
 */
public interface ChangeObserver {

    /** Changes nothing, at no cost. */
    ChangeObserver NONE = new ChangeObserver() {
        @Override
        public Runnable bind(Runnable announcing) {
            return announcing;
        }

        @Override
        public void announce(InvalidationEvent event, InvalidationPublisher target) {
            target.publish(event);
        }
    };

    /** One that loses no announcement, whatever this one does. */
    static ChangeObserver guarded(ChangeObserver observer) {
        return observer == NONE ? NONE : new GuardedChanges(observer);
    }

    /**
     * A topic has changed on this thread, and is announced later: after the commit, on the thread that commits.
     *
     * @return runs what it is given exactly once, with what is current on this thread now
     */
    Runnable bind(Runnable announcing);

    /** Hands the event to the target exactly once, with the trace context of what is current on this thread. */
    void announce(InvalidationEvent event, InvalidationPublisher target);
}
