package io.statesync.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.persistence.PersistenceListener;
import io.statesync.spring.PersistedTopic;
import io.statesync.spring.TopicMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.beans.factory.DisposableBean;

/**
 * The meters of each persisted topic that is here; what is gone has none, though a last event of it may come. Safe for use by
 * any thread.
 */
final class PersistenceMeters implements PersistenceListener, TopicMemory, DisposableBean {

    private final MeterRegistry registry;
    private final Set<String> here = ConcurrentHashMap.newKeySet();
    private final Map<String, PersistedTopicMeters> topics = new ConcurrentHashMap<>();

    PersistenceMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Registers them at zero. */
    void register(String topic, PersistedTopic persisted) {
        with(topic, meters -> meters.pending(persisted));
    }

    @Override
    public void remember(String topic) {
        here.add(topic);
    }

    @Override
    public void forget(String topic) {
        here.remove(topic);
        PersistedTopicMeters gone = topics.remove(topic);
        if (gone != null) {
            gone.remove();
        }
    }

    @Override
    public void destroy() {
        Set.copyOf(here).forEach(this::forget);
    }

    @Override
    public void saveStarted(String topic, Revision revision) {
        with(topic, PersistedTopicMeters::saveStarted);
    }

    @Override
    public void saved(String topic, Revision revision, long bytes, Duration duration) {
        with(topic, meters -> meters.saved(bytes, duration));
    }

    @Override
    public void saveFailed(String topic, Revision revision, Throwable error) {
        with(topic, PersistedTopicMeters::saveFailed);
    }

    @Override
    public void loaded(String topic, Revision revision, long bytes, Instant savedAt) {
        with(topic, meters -> meters.load(PersistedTopicMeters.Load.LOADED));
    }

    @Override
    public void expired(String topic, Revision revision, Instant savedAt) {
        with(topic, meters -> meters.load(PersistedTopicMeters.Load.EXPIRED));
    }

    @Override
    public void setAside(String topic, String where, Throwable reason) {
        with(topic, meters -> meters.load(PersistedTopicMeters.Load.SET_ASIDE));
    }

    @Override
    public void onError(SyncErrorContext context) {
        String topic = context.topic();
        if (topic != null && context.phase() == SyncPhase.LOAD) {
            with(topic, meters -> meters.load(PersistedTopicMeters.Load.FAILED));
        }
    }

    private void with(String topic, Consumer<PersistedTopicMeters> call) {
        if (here.contains(topic)) {
            call.accept(topics.computeIfAbsent(topic, it -> new PersistedTopicMeters(registry, it)));
        }
    }
}
