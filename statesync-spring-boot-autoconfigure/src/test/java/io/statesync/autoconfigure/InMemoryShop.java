package io.statesync.autoconfigure;

import io.statesync.InvalidationSubscriber;
import io.statesync.Revision;
import io.statesync.SnapshotProvider;
import io.statesync.memory.InMemorySource;
import io.statesync.memory.InMemoryTransport;
import io.statesync.spring.EventDriver;
import io.statesync.spring.SnapshotDriver;
import io.statesync.spring.SnapshotSource;
import io.statesync.spring.SourceLog;
import io.statesync.spring.SourceSettings;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A source {@code shop} in this JVM that outlives the contexts of its replicas, so that what they leave can be counted. */
public final class InMemoryShop<T> {

    private final InMemoryTransport transport = new InMemoryTransport();
    private final InMemorySource<T> source;
    private final AtomicInteger opened = new AtomicInteger();
    private final List<Type> types = new CopyOnWriteArrayList<>();

    public InMemoryShop(String topic, T state) {
        source = new InMemorySource<>(topic, state, transport);
    }

    /** Applications that read every topic from here. */
    public ApplicationContextRunner serve(ApplicationContextRunner runner) {
        return runner.withBean("shopEvents", EventDriver.class, Events::new)
                .withBean("shopSnapshots", SnapshotDriver.class, Snapshots::new)
                .withPropertyValues("statesync.sources.shop.events=memory", "statesync.sources.shop.snapshots=memory");
    }

    public InMemoryTransport transport() {
        return transport;
    }

    public InMemorySource<T> source() {
        return source;
    }

    /** How often an application has opened it. */
    int opened() {
        return opened.get();
    }

    /** What it was read into. */
    List<Type> types() {
        return types;
    }

    private final class Events implements EventDriver {
        @Override
        public String name() {
            return "memory";
        }

        @Override
        public InvalidationSubscriber open(SourceSettings settings, SourceLog log) {
            opened.incrementAndGet();
            return transport;
        }
    }

    private final class Snapshots implements SnapshotDriver, SnapshotSource {
        @Override
        public String name() {
            return "memory";
        }

        @Override
        public SnapshotSource open(SourceSettings settings) {
            return this;
        }

        @Override
        public SnapshotProvider<?> provider(String topic, Type type) {
            types.add(type);
            return source;
        }

        @Override
        public Map<String, Revision> current(Collection<String> topics) throws Exception {
            return source.current(topics);
        }
    }
}
