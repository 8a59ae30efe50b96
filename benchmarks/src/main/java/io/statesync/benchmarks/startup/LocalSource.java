package io.statesync.benchmarks.startup;

import io.statesync.InvalidationSubscriber;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.SnapshotProvider;
import io.statesync.memory.InMemoryTransport;
import io.statesync.spring.EventDriver;
import io.statesync.spring.SnapshotDriver;
import io.statesync.spring.SnapshotSource;
import io.statesync.spring.SourceLog;
import io.statesync.spring.SourceSettings;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** A source in this process that has every topic, so that the start waits for no network. */
final class LocalSource implements SnapshotSource {

    private static final Revision REVISION = new Revision(1);

    @Override
    public SnapshotProvider<?> provider(String topic, Type type) {
        return () -> new SnapshotEnvelope<>(REVISION, topic);
    }

    @Override
    public Map<String, Revision> current(Collection<String> topics) {
        Map<String, Revision> current = new HashMap<>();
        topics.forEach(topic -> current.put(topic, REVISION));
        return current;
    }

    static final class Snapshots implements SnapshotDriver {

        @Override
        public String name() {
            return "bench";
        }

        @Override
        public SnapshotSource open(SourceSettings source) {
            return new LocalSource();
        }
    }

    static final class Events implements EventDriver {

        @Override
        public String name() {
            return "bench";
        }

        @Override
        public InvalidationSubscriber open(SourceSettings source, SourceLog log) {
            return new InMemoryTransport();
        }
    }
}
