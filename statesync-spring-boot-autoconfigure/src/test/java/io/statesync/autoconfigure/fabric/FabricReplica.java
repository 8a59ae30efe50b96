package io.statesync.autoconfigure.fabric;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncState;
import io.statesync.spring.SyncedTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A replica in a context of its own, with connections of its own, that keeps in mind all it has applied. */
final class FabricReplica implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final Copies copies;

    private FabricReplica(ConfigurableApplicationContext context) {
        this.context = context;
        this.copies = context.getBean(Copies.class);
    }

    static FabricReplica start(List<String> properties) {
        return new FabricReplica(new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(properties.toArray(String[]::new))
                .run());
    }

    boolean isLive() {
        return context.getBeansOfType(RevisionSync.class).values().stream()
                .allMatch(sync -> sync.status().state() == SyncState.LIVE);
    }

    /** Whether it has lost its connection: it cannot be live then. */
    boolean isStale() {
        return context.getBeansOfType(RevisionSync.class).values().stream()
                .allMatch(sync -> sync.status().state() == SyncState.STALE);
    }

    /** The number of each topic. */
    Map<String, Long> state() {
        return Map.copyOf(copies.newest);
    }

    /** Everything that went backwards. */
    List<String> steps() {
        return List.copyOf(copies.backwards);
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        @Bean
        Copies copies() {
            return new Copies();
        }
    }

    /** Appliers run one at a time per topic (E8). */
    static final class Copies {

        private final Map<String, Long> newest = new ConcurrentHashMap<>();
        private final Map<String, Revision> revisions = new ConcurrentHashMap<>();
        private final List<String> backwards = new CopyOnWriteArrayList<>(new ArrayList<>());

        @SyncedTopic("fabric-a")
        void first(SnapshotEnvelope<Long> snapshot) {
            apply("fabric-a", snapshot);
        }

        @SyncedTopic("fabric-b")
        void second(SnapshotEnvelope<Long> snapshot) {
            apply("fabric-b", snapshot);
        }

        @SyncedTopic("fabric-c")
        void third(SnapshotEnvelope<Long> snapshot) {
            apply("fabric-c", snapshot);
        }

        private void apply(String topic, SnapshotEnvelope<Long> snapshot) {
            Long before = newest.put(topic, snapshot.data());
            Revision revision = revisions.put(topic, snapshot.revision());
            if (before != null && before > snapshot.data()
                    || revision != null && revision.isNewerThan(snapshot.revision())) {
                backwards.add(topic + ": " + before + " at " + revision + ", then " + snapshot.data() + " at "
                        + snapshot.revision());
            }
        }
    }
}
