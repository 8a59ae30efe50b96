package io.statesync.spring.state;

import io.statesync.Freshness;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.policy.ListenerPool;
import io.statesync.state.ChangeFeed;
import io.statesync.state.EntryMapping;
import io.statesync.state.MapChange;
import io.statesync.state.Registration;
import io.statesync.state.StateChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * A topic as a property source: each snapshot replaces its properties, below those of the command line, the system and the
 * environment variables, and above those of configuration files. Nested data gets flat names, as in YAML. A single property is
 * always that of the newest snapshot; what was injected with {@code @Value} stays what it was.
 *
 * <p>Before a snapshot is seen by others, everything that is bound to the environment must take it: with Spring Boot the beans
 * with {@code @ConfigurationProperties} whose properties change. If one cannot, the apply fails and nothing has changed.
 *
 * @param <T> the data of the topic
 */
public final class EnvironmentApplier<T> implements SnapshotApplier<T>, Freshness.Aware, AutoCloseable {

    /* Two topics may change one bean: their applies to one environment take turns. It is held while foreign code binds, and so
    taken interruptibly: a stop ends the wait. */
    private static final Map<Environment, ReentrantLock> TURNS = Collections.synchronizedMap(new WeakHashMap<>());

    private final ConfigurableEnvironment environment;
    private final String prefix;
    private final EntryMapping<T, String, Object> mapping;
    private final TopicPropertySource source;
    private final List<EnvironmentBinding> bindings = new CopyOnWriteArrayList<>();
    private final ChangeFeed<Map<String, Object>> changes = new ChangeFeed<>();
    private volatile @Nullable Freshness freshness;

    /** Used by the refresh thread, one at a time (E8). */
    private Map<String, Object> content = Map.of();

    EnvironmentApplier(
            ConfigurableEnvironment environment, String name, String prefix, EntryMapping<T, String, Object> mapping) {
        this.environment = environment;
        this.prefix = prefix;
        this.mapping = mapping;
        this.source = new TopicPropertySource(name);
        PropertySourceOrder.add(source, environment.getPropertySources());
    }

    /** A property source of this name, which is best the topic's, in this environment. */
    public static EnvironmentApplierBuilder<Map<String, Object>> into(
            ConfigurableEnvironment environment, String name) {
        return new EnvironmentApplierBuilder<>(environment, name, "", EntryMapping.replace());
    }

    @Override
    public void apply(SnapshotEnvelope<T> snapshot) throws InterruptedException {
        Map<String, Object> next = mapping.next(content, snapshot.data());
        Map<String, Object> before = source.getSource();
        Map<String, Object> after = Flattening.flat(prefix, next);
        Freshness clock = freshness;
        StateChange<Map<String, Object>> change =
                new StateChange<>(before, after, snapshot.revision(), clock == null ? null : clock.causeOfThisApply());
        MapChange<String, Object> byName = MapChange.of(change);
        if (!byName.keys().isEmpty()) {
            ReentrantLock turn = TURNS.computeIfAbsent(environment, it -> new ReentrantLock());
            turn.lockInterruptibly();
            try {
                swap(byName);
            } finally {
                turn.unlock();
            }
        }
        content = next;
        changes.tell(change);
    }

    private void swap(MapChange<String, Object> change) {
        List<EnvironmentBinding.Prepared> prepared = source.trying(
                change.after(),
                () -> bindings.stream().map(binding -> binding.prepare(change)).toList());
        source.swap(change.after());
        List<EnvironmentBinding.Prepared> committed = new ArrayList<>();
        try {
            for (EnvironmentBinding.Prepared next : prepared) {
                next.commit();
                committed.add(0, next);
            }
        } catch (RuntimeException | Error refused) {
            source.swap(change.before());
            committed.forEach(EnvironmentBinding.Prepared::rollback);
            throw refused;
        }
        prepared.forEach(EnvironmentBinding.Prepared::completed);
    }

    /** From now on this takes part in each change; of those before it knows nothing. */
    public void bind(EnvironmentBinding binding) {
        bindings.add(binding);
    }

    /** {@link #onChange(Consumer, Executor)} on {@link ListenerPool#shared()}. */
    public Registration onChange(Consumer<? super MapChange<String, Object>> listener) {
        return onChange(listener, ListenerPool.shared());
    }

    /**
     * Calls the listener after each change of a property from now on, by flat names, when everything is bound again; on the
     * executor, as {@link io.statesync.state.SyncedMap#onChange(Consumer, Executor)} does. At the first snapshot {@code before}
     * is empty.
     *
     * @return removes the listener when closed
     */
    public Registration onChange(Consumer<? super MapChange<String, Object>> listener, Executor executor) {
        return changes.register(
                swapped -> {
                    MapChange<String, Object> change = MapChange.of(swapped);
                    if (!change.keys().isEmpty()) {
                        listener.accept(change);
                    }
                },
                executor);
    }

    /** The properties of the newest snapshot by their flat names, whatever other sources say. */
    public Map<String, Object> properties() {
        return source.getSource();
    }

    @Override
    public void freshness(Freshness newFreshness) {
        freshness = newFreshness;
    }

    /** Takes the property source out of the environment; what was bound stays bound. Idempotent. */
    @Override
    public void close() {
        environment.getPropertySources().remove(source.getName());
    }
}
