package io.statesync.autoconfigure;

import io.statesync.InvalidationSubscriber;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.SnapshotProvider;
import io.statesync.memory.InMemorySource;
import io.statesync.memory.InMemoryTransport;
import io.statesync.spring.EventDriver;
import io.statesync.spring.SnapshotDriver;
import io.statesync.spring.SnapshotSource;
import io.statesync.spring.SourceLog;
import io.statesync.spring.SourceSettings;
import java.lang.reflect.Type;
import java.net.ConnectException;
import java.util.Collection;
import java.util.Map;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A source {@code shop} that nobody answers for, until it returns. */
public final class AwayShop {

    private volatile InMemorySource<?> source;

    /** Applications that read every topic from it. */
    public ApplicationContextRunner serve(ApplicationContextRunner runner) {
        return runner.withBean("shopEvents", EventDriver.class, Events::new)
                .withBean("shopSnapshots", SnapshotDriver.class, Snapshots::new)
                .withPropertyValues("statesync.sources.shop.events=away", "statesync.sources.shop.snapshots=away");
    }

    void returns(InMemorySource<?> back) {
        source = back;
    }

    private InMemorySource<?> reached() throws ConnectException {
        InMemorySource<?> there = source;
        if (there == null) {
            throw new ConnectException("nobody is there");
        }
        return there;
    }

    private static final class Events implements EventDriver {
        @Override
        public String name() {
            return "away";
        }

        @Override
        public InvalidationSubscriber open(SourceSettings settings, SourceLog log) {
            return new InMemoryTransport();
        }
    }

    private final class Snapshots implements SnapshotDriver, SnapshotSource {
        @Override
        public String name() {
            return "away";
        }

        @Override
        public SnapshotSource open(SourceSettings settings) {
            return this;
        }

        @Override
        public SnapshotProvider<?> provider(String topic, Type type) {
            return () -> envelope();
        }

        private SnapshotEnvelope<Object> envelope() throws Exception {
            SnapshotEnvelope<?> read = reached().getSnapshot();
            return new SnapshotEnvelope<>(read.revision(), read.data());
        }

        @Override
        public Map<String, Revision> current(Collection<String> topics) throws Exception {
            return reached().current(topics);
        }
    }
}
