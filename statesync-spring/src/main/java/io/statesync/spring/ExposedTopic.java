package io.statesync.spring;

import io.statesync.RevisionReader;
import io.statesync.SnapshotProvider;
import io.statesync.Topic;

/**
 * A topic that this application shows to others.
 *
 * @param topic its name
 * @param revisions tells its current revision cheaply; one reader may serve many topics and is then asked once for all
 * @param provider reads its state from the truth, the revision first and then the data (P6)
 */
public record ExposedTopic(String topic, RevisionReader revisions, SnapshotProvider<?> provider) {

    public ExposedTopic {
        Topic.requireValid(topic);
    }
}
