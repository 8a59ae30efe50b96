package io.statesync.autoconfigure.actuate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.statesync.spring.PersistedTopic;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The meters of how one topic is persisted. A topic is saved by one writer; everything else is safe for any thread. */
final class PersistedTopicMeters {

    /** How a load ended. */
    enum Load {
        LOADED,
        EXPIRED,
        SET_ASIDE,
        FAILED
    }

    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> registered = new CopyOnWriteArrayList<>();
    private final Timer saved;
    private final Timer failed;
    private final DistributionSummary bytes;
    private final Map<Load, Counter> loads = new EnumMap<>(Load.class);

    /** When the save that runs began. Written and read by the topic's writer. */
    private volatile long began;

    PersistedTopicMeters(MeterRegistry registry, String topic) {
        this.registry = registry;
        this.tags = Tags.of("topic", topic);
        saved = timer("saved");
        failed = timer("failed");
        bytes = DistributionSummary.builder("statesync.persistence.bytes")
                .description("Records as they are stored")
                .baseUnit("bytes")
                .tags(tags)
                .register(registry);
        registered.add(bytes);
        for (Load outcome : Load.values()) {
            Counter counter = Counter.builder("statesync.persistence.loads")
                    .description("Records that were read")
                    .tags(tags.and("outcome", Shown.word(outcome)))
                    .register(registry);
            registered.add(counter);
            loads.put(outcome, counter);
        }
    }

    private Timer timer(String outcome) {
        Timer timer = Timer.builder("statesync.persistence.saves")
                .description("Saves that ended, encoding included")
                .tags(tags.and("outcome", outcome))
                .register(registry);
        registered.add(timer);
        return timer;
    }

    void pending(PersistedTopic topic) {
        registered.add(Gauge.builder("statesync.persistence.pending", topic, it -> it.pending() ? 1 : 0)
                .description("1 while something waits to be saved")
                .tags(tags)
                .register(registry));
    }

    void saveStarted() {
        began = registry.config().clock().monotonicTime();
    }

    void saved(long size, Duration duration) {
        saved.record(duration);
        bytes.record(size);
    }

    void saveFailed() {
        failed.record(registry.config().clock().monotonicTime() - began, TimeUnit.NANOSECONDS);
    }

    void load(Load outcome) {
        Objects.requireNonNull(loads.get(outcome)).increment();
    }

    /** Takes them out of the registry; recording on is harmless. */
    void remove() {
        registered.forEach(registry::remove);
    }
}
