package io.statesync.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * A topic of which this application keeps a copy: everything that its engine is built from.
 *
 * @param topic the topic
 * @param type the type of its data
 * @param appliers where its snapshots go, in the order of the beans
 * @param source where its snapshots and invalidations come from
 * @param settings how it is kept
 */
record ReplicaDeclaration(
        String topic,
        ResolvableType type,
        List<ApplierDeclaration> appliers,
        SourceSettings source,
        TopicSettings settings) {

    boolean isLocal() {
        return source.snapshots().equals(SourceSettings.LOCAL);
    }

    /** How it outlives this application; null if it does not, as what is read from this application itself. */
    @Nullable
    PersistenceSettings persistence() {
        return isLocal() ? null : settings.persistence();
    }
}
