package io.statesync.autoconfigure.actuate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.statesync.RevisionSync;
import io.statesync.SyncStatus;
import io.statesync.spring.Replica;
import io.statesync.spring.Replicas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Registers the meters of all replicas once they are there, so that a dashboard sees them before anything happens. */
final class ReplicaMeters implements SmartInitializingSingleton, DisposableBean {

    private static final double MILLIS_PER_SECOND = 1000;

    private final Replicas replicas;
    private final SyncMeters counters;
    private final MeterRegistry registry;

    /** Written once, when all singletons are there. */
    private final List<Gauge> gauges = new ArrayList<>();

    ReplicaMeters(Replicas replicas, SyncMeters counters, MeterRegistry registry) {
        this.replicas = replicas;
        this.counters = counters;
        this.registry = registry;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (Replica replica : replicas.all()) {
            counters.of(replica.topic());
            gauge(replica, "statesync.connected", "1 while invalidations can arrive", it -> it.connected() ? 1 : 0);
            gauge(replica, "statesync.behind", "1 while something newer is known of", it -> it.behind() ? 1 : 0);
            gauge(replica, "statesync.age", "Seconds since the data was last found current", ReplicaMeters::age);
        }
    }

    private void gauge(Replica replica, String name, String description, ToDoubleFunction<SyncStatus> value) {
        RevisionSync<?> sync = replica.sync();
        gauges.add(Gauge.builder(name, sync, it -> value.applyAsDouble(it.status()))
                .description(description)
                .tag("topic", replica.topic())
                .register(registry));
    }

    /** A registry that lives on would keep gauges that show nothing any more, and refuse those of the next context. */
    @Override
    public void destroy() {
        gauges.forEach(registry::remove);
    }

    private static double age(SyncStatus status) {
        Duration age = status.age();
        return age == null ? Double.NaN : age.toMillis() / MILLIS_PER_SECOND;
    }
}
