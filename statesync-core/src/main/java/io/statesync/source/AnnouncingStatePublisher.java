package io.statesync.source;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.Revision;
import io.statesync.Topic;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Issues, then announces, on the caller's thread. */
final class AnnouncingStatePublisher implements StatePublisher {

    private static final Logger log = LoggerFactory.getLogger(AnnouncingStatePublisher.class);

    private final RevisionCounter counter;
    private final InvalidationPublisher publisher;
    private final String sourceId;
    private final InstantSource clock;

    AnnouncingStatePublisher(
            RevisionCounter counter, InvalidationPublisher publisher, String sourceId, InstantSource clock) {
        this.counter = counter;
        this.publisher = publisher;
        this.sourceId = sourceId;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Revision> invalidate(String topic) {
        Revision revision;
        try {
            revision = counter.next(Topic.requireValid(topic));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        try {
            publisher.publish(new InvalidationEvent(topic, revision, sourceId, clock.millis(), null));
        } catch (RuntimeException e) {
            // the revision is issued and the data changed: replicas find it by their probe (P8)
            log.debug("Could not announce revision {} of topic {}", revision, topic, e);
        }
        return CompletableFuture.completedFuture(revision);
    }
}
