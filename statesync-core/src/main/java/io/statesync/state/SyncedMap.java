package io.statesync.state;

import io.statesync.Freshness;
import io.statesync.Revision;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.policy.ListenerPool;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the newest snapshot of a topic as entries by key, swapped at once. A call is one volatile read, by any thread, and a
 * look at the clock if there is a limit of staleness; a call and an iteration see exactly one snapshot, never a mix. Two
 * calls may see two: whoever needs several entries of one snapshot asks {@link #snapshot()}.
 *
 * <p>The order is that of the source. Stale reads are refused as {@link SyncedState} refuses them. The values must not be
 * changed by those who read them. One topic fills a map, and no more.
 */
public final class SyncedMap<K, V> extends Cell<LinkedHashMap<K, V>>
        implements SnapshotApplier<Map<K, V>>, Freshness.Aware {

    private static final String EMPTY =
            "no snapshot yet: wait for the sync's start, or create the map with SyncedMap.withInitial(..)";

    private final EntryMapping<Map<K, V>, K, V> mapping;
    private final Map<K, V> view;

    private SyncedMap(EntryMapping<Map<K, V>, K, V> mapping) {
        this.mapping = mapping;
        this.view = new LiveMap<>(this);
    }

    private SyncedMap(LinkedHashMap<K, V> initial, EntryMapping<Map<K, V>, K, V> mapping) {
        super(initial);
        this.mapping = mapping;
        this.view = new LiveMap<>(this);
    }

    /** An empty one, which each snapshot replaces: reading before the first snapshot throws. */
    public static <K, V> SyncedMap<K, V> create() {
        return mapping(EntryMapping.replace());
    }

    /** An empty one that takes snapshots in this way. */
    public static <K, V> SyncedMap<K, V> mapping(EntryMapping<Map<K, V>, K, V> mapping) {
        return new SyncedMap<>(mapping);
    }

    /** One that holds these entries, at {@link Revision#ZERO}, until the first snapshot. */
    public static <K, V> SyncedMap<K, V> withInitial(Map<? extends K, ? extends V> initial) {
        return withInitial(initial, EntryMapping.replace());
    }

    /** One that holds these entries, at {@link Revision#ZERO}, until the first snapshot, and takes snapshots in this way. */
    public static <K, V> SyncedMap<K, V> withInitial(
            Map<? extends K, ? extends V> initial, EntryMapping<Map<K, V>, K, V> mapping) {
        return new SyncedMap<>(new LinkedHashMap<>(initial), mapping);
    }

    /**
     * The value of a key; null if there is none, or if it is null at the source.
     *
     * @throws IllegalStateException before the first snapshot, unless initial entries were given
     * @throws io.statesync.StaleStateException if they were not found current for longer than the sync's limit, if that has one
     */
    public @Nullable V get(K key) {
        return read().get(key);
    }

    /**
     * An unmodifiable view that always shows the newest snapshot; each of its calls and iterations sees one. May be taken
     * and handed out before the first snapshot. Reading it throws when {@link #get} would.
     */
    public Map<K, V> map() {
        return view;
    }

    /**
     * The entries of one snapshot with its revision and age; however old it is, and never changing.
     *
     * @throws IllegalStateException before the first snapshot, unless initial entries were given
     */
    public SyncedState.Snapshot<Map<K, V>> snapshot() {
        SyncedState.Snapshot<LinkedHashMap<K, V>> now = look();
        return new SyncedState.Snapshot<>(unmodifiable(now.value()), now.revision(), now.age());
    }

    /** Whether there is something to read. */
    public boolean hasValue() {
        return !isEmpty();
    }

    @Override
    public void apply(SnapshotEnvelope<Map<K, V>> snapshot) {
        take(mapping, snapshot);
    }

    /** What fills this map from a topic of another type; such as an {@code @SyncedTopic} bean beside it. */
    public <T> SnapshotApplier<T> feed(EntryMapping<T, K, V> otherMapping) {
        return new Feed<>(this, otherMapping);
    }

    private <T> void take(EntryMapping<T, K, V> way, SnapshotEnvelope<T> snapshot) {
        LinkedHashMap<K, V> current = peek();
        LinkedHashMap<K, V> next = way.merged(current == null ? Map.of() : current, snapshot.data());
        if (next != null) {
            swap(next, snapshot.revision());
        } else if (current != null) {
            // skipped by a lenient mapping: the entries stay, at the new revision; none yet are not said to be none
            swap(current, snapshot.revision());
        }
    }

    /** {@link #onChange(Consumer, Executor)} on {@link ListenerPool#shared()}. */
    public Registration onChange(Consumer<? super MapChange<K, V>> listener) {
        return onChange(listener, ListenerPool.shared());
    }

    /**
     * Calls the listener after each swap from now on that changed an entry, on the executor, one call at a time and in the
     * order of the swaps. It may block: readers, appliers and other listeners do not wait for it. If it is slower than the
     * snapshots come, it hears several as one change, from the oldest that it missed to the newest. What it throws is logged
     * and harms nobody.
     *
     * @return removes the listener when closed
     */
    public Registration onChange(Consumer<? super MapChange<K, V>> listener, Executor executor) {
        return register(
                swapped -> {
                    MapChange<K, V> change = MapChange.of(new StateChange<>(
                            unmodifiable(swapped.before()),
                            unmodifiable(swapped.after()),
                            swapped.revision(),
                            swapped.cause()));
                    if (!change.keys().isEmpty()) {
                        listener.accept(change);
                    }
                },
                executor);
    }

    /* What leaves the map cannot be changed; what is in it is read without the wrapper. */
    private static <K, V> @Nullable Map<K, V> unmodifiable(@Nullable Map<K, V> entries) {
        return entries == null ? null : Collections.unmodifiableMap(entries);
    }

    @Override
    String empty() {
        return EMPTY;
    }

    @Override
    public void freshness(Freshness freshness) {
        limitedBy(freshness);
    }

    private record Feed<T, K, V>(SyncedMap<K, V> map, EntryMapping<T, K, V> mapping)
            implements SnapshotApplier<T>, Freshness.Aware {

        @Override
        public void apply(SnapshotEnvelope<T> snapshot) {
            map.take(mapping, snapshot);
        }

        @Override
        public void freshness(Freshness freshness) {
            map.freshness(freshness);
        }
    }
}
