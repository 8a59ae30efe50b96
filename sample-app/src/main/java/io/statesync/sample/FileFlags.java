package io.statesync.sample;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.source.RevisionCounter;
import io.statesync.spring.InvalidatesTopic;
import io.statesync.spring.TopicSource;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * The truth about feature flags: in memory, and in a file so that they survive a kill. A source that has to answer each write
 * with its revision: it takes the revision itself and keeps it with the data, so it returns both as one envelope.
 */
@Service
@Profile("!replica & !shared")
class FileFlags implements FeatureFlags {

    private final RevisionCounter revisions;
    private final FlagFile file;

    private final ReentrantLock writing = new ReentrantLock();

    /** Written under the lock; what it holds never changes. */
    private volatile SnapshotEnvelope<SortedMap<String, Flag>> current;

    FileFlags(RevisionCounter revisions, SampleProperties properties, JsonMapper json) {
        this.revisions = revisions;
        this.file = new FlagFile(properties.dataDir(), json);
        this.current = labelled(file.read());
    }

    /** All flags, with the revision that belongs to them. */
    @TopicSource(Topics.FEATURE_FLAGS)
    SnapshotEnvelope<SortedMap<String, Flag>> snapshot() {
        return current;
    }

    /** When this returns, the change is in the file and announced. */
    @Override
    @InvalidatesTopic(Topics.FEATURE_FLAGS)
    public Revision put(FlagName name, Flag flag) {
        return change(flags -> flags.put(name.value(), flag));
    }

    @Override
    @InvalidatesTopic(Topics.FEATURE_FLAGS)
    public Revision delete(FlagName name) {
        return change(flags -> {
            if (flags.remove(name.value()) == null) {
                throw new UnknownFlagException(name);
            }
        });
    }

    private Revision change(Consumer<SortedMap<String, Flag>> change) {
        writing.lock();
        try {
            SortedMap<String, Flag> flags = new TreeMap<>(current.data());
            change.accept(flags);
            file.write(flags);
            // data first, then the revision (P6): no reader finds the new revision before the new data
            current = labelled(flags);
            return current.revision();
        } finally {
            writing.unlock();
        }
    }

    private SnapshotEnvelope<SortedMap<String, Flag>> labelled(SortedMap<String, Flag> flags) {
        return new SnapshotEnvelope<>(revisions.next(Topics.FEATURE_FLAGS), Collections.unmodifiableSortedMap(flags));
    }
}
