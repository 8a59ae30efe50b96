package io.statesync.spring;

import io.statesync.RevisionSync;
import org.jspecify.annotations.Nullable;

/**
 * A topic of which this application keeps a copy.
 *
 * @param topic its name
 * @param source where it is read from, and how that is
 * @param settings how it is kept
 * @param sync its engine
 */
public record Replica(String topic, SourceLog source, TopicSettings settings, RevisionSync<?> sync) {

    /** How its snapshots outlive this application; null if they do not. */
    public @Nullable PersistedTopic persisted() {
        return sync instanceof PersistedSync outliving ? outliving.persisted() : null;
    }
}
