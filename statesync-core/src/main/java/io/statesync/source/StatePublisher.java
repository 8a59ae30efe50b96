package io.statesync.source;

import io.statesync.InvalidationPublisher;
import io.statesync.Revision;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** What an application calls after it changed a topic's state (P6). Safe for use by any thread. */
@FunctionalInterface
public interface StatePublisher {

    /**
     * Issues a revision for the topic's new state and announces it: at once, or after the commit of a transaction that the
     * implementation knows of, and never after a rollback.
     *
     * @return the revision; fails if none could be issued. A failed announcement does not fail it
     */
    CompletableFuture<Revision> invalidate(String topic);

    /** A publisher without transactions. */
    static StatePublisher of(RevisionCounter counter, InvalidationPublisher publisher, String sourceId) {
        return new AnnouncingStatePublisher(counter, publisher, sourceId, InstantSource.system());
    }
}
