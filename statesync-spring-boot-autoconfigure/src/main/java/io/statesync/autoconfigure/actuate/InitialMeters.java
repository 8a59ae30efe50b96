package io.statesync.autoconfigure.actuate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.statesync.RevisionSync;
import io.statesync.SyncStatus;
import io.statesync.spring.PersistedTopic;
import io.statesync.spring.Replica;
import io.statesync.spring.Replicas;
import io.statesync.spring.TopicSources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Registers the meters of all topics once they are there, so that a dashboard sees them before anything happens. A topic of
 * which only the source is here is never behind, and hears itself.
 */
final class InitialMeters implements SmartInitializingSingleton, DisposableBean {

    private static final double MILLIS_PER_SECOND = 1000;

    private final Replicas replicas;
    private final TopicSources sources;
    private final SyncMeters counters;
    private final PersistenceMeters persistence;
    private final MeterRegistry registry;

    /** Written once, when all singletons are there. */
    private final List<Gauge> gauges = new ArrayList<>();

    InitialMeters(
            Replicas replicas,
            TopicSources sources,
            SyncMeters counters,
            PersistenceMeters persistence,
            MeterRegistry registry) {
        this.replicas = replicas;
        this.sources = sources;
        this.counters = counters;
        this.persistence = persistence;
        this.registry = registry;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (Replica replica : replicas.all()) {
            RevisionSync<?> sync = replica.sync();
            register(
                    replica.topic(),
                    sync,
                    it -> it.status().connected() ? 1 : 0,
                    it -> it.status().behind() ? 1 : 0,
                    it -> age(replica, it.status()));
            PersistedTopic persisted = replica.persisted();
            if (persisted != null) {
                persistence.register(replica.topic(), persisted);
            }
        }
        for (String topic : sources.names()) {
            if (!replicas.topics().contains(topic)) {
                register(topic, sources, it -> 1, it -> 0, it -> 0);
            }
        }
    }

    private <T> void register(
            String topic, T owner, ToDoubleFunction<T> connected, ToDoubleFunction<T> behind, ToDoubleFunction<T> age) {
        counters.of(topic);
        gauge(topic, "statesync.connected", "1 while invalidations can arrive", owner, connected);
        gauge(topic, "statesync.behind", "1 while something newer is known of", owner, behind);
        gauge(topic, "statesync.age", "Seconds since the data was last found current", owner, age);
    }

    private <T> void gauge(String topic, String name, String description, T owner, ToDoubleFunction<T> value) {
        gauges.add(Gauge.builder(name, owner, value)
                .description(description)
                .tag("topic", topic)
                .register(registry));
    }

    /** A registry that lives on would keep gauges that show nothing any more, and refuse those of the next context. */
    @Override
    public void destroy() {
        gauges.forEach(registry::remove);
    }

    private static double age(Replica replica, SyncStatus status) {
        Duration age = status.age() == null ? Restored.sinceSaved(replica, status) : status.age();
        return age == null ? Double.NaN : age.toMillis() / MILLIS_PER_SECOND;
    }
}
