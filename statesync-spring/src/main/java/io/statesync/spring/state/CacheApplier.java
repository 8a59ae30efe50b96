package io.statesync.spring.state;

import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.state.EntryMapping;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;

/**
 * A topic in a Spring cache, written entry by entry: a reader may see entries of two snapshots while one is applied. A cache
 * may forget, too: whoever needs all entries at any moment takes a {@link io.statesync.state.SyncedMap}.
 *
 * <p>A cache cannot say what it holds. So the first snapshot empties the whole cache if it may ({@link EntryMapping#replace}
 * without only or except); later ones remove what this applier wrote and the snapshot lacks. When an apply fails in the middle,
 * the next one repairs what is left. A cache that several instances share is written by each of them.
 *
 * @param <T> the data of the topic
 */
public final class CacheApplier<T> implements SnapshotApplier<T> {

    private final SnapshotApplier<T> way;

    private CacheApplier(SnapshotApplier<T> way) {
        this.way = way;
    }

    /** Lets the cache hold the entries of each snapshot. */
    public static <K, V> CacheApplier<Map<K, V>> replacing(@Nullable Cache cache) {
        return replacing(cache, EntryMapping.<Map<K, V>, K, V>replace());
    }

    /**
     * Lets the cache hold the entries of each snapshot as this mapping makes them; with {@link EntryMapping#patch} what a
     * snapshot lacks stays.
     */
    public static <T, K, V> CacheApplier<T> replacing(@Nullable Cache cache, EntryMapping<T, K, V> mapping) {
        return new CacheApplier<>(new Replacing<>(required(cache), mapping));
    }

    /** Removes the entries that a snapshot has changed, for whoever fills the cache when it misses. */
    public static <K, V> CacheApplier<Map<K, V>> evicting(@Nullable Cache cache) {
        return evicting(cache, EntryMapping.<Map<K, V>, K, V>replace());
    }

    /** Removes the entries that a snapshot has changed, as this mapping makes them. */
    public static <T, K, V> CacheApplier<T> evicting(@Nullable Cache cache, EntryMapping<T, K, V> mapping) {
        return new CacheApplier<>(new Evicting<>(required(cache), mapping));
    }

    private static Cache required(@Nullable Cache cache) {
        return Objects.requireNonNull(
                cache, "there is no such cache: getCache(..) returned null; name it in spring.cache.cache-names");
    }

    @Override
    public void apply(SnapshotEnvelope<T> snapshot) throws Exception {
        way.apply(snapshot);
    }

    /** Writes all, so that what the cache has forgotten is there again. */
    private static final class Replacing<T, K, V> implements SnapshotApplier<T> {

        private final Cache cache;
        private final EntryMapping<T, K, V> mapping;

        /** What may be in the cache by this applier and is to go some day: none of a patch. Used by the refresh thread, one at a time (E8), as is the other. */
        private final Set<K> written = new LinkedHashSet<>();

        private boolean first = true;

        Replacing(Cache cache, EntryMapping<T, K, V> mapping) {
            this.cache = cache;
            this.mapping = mapping;
        }

        @Override
        public void apply(SnapshotEnvelope<T> snapshot) {
            Map<K, V> entries = mapping.entries(snapshot.data()).orElse(null);
            if (entries == null) {
                return;
            }
            if (first) {
                FirstSnapshot.removeOthers(cache, mapping, entries);
                first = false;
            }
            if (!mapping.patches()) {
                written.addAll(entries.keySet());
            }
            entries.forEach(cache::put);
            for (K key : Set.copyOf(written)) {
                if (!mapping.keeps(key) && !entries.containsKey(key)) {
                    cache.evictIfPresent(key);
                    written.remove(key);
                }
            }
        }
    }

    /** Knows what the entries were, and so which have changed. */
    private static final class Evicting<T, K, V> implements SnapshotApplier<T> {

        private final Cache cache;
        private final EntryMapping<T, K, V> mapping;

        /** Used by the refresh thread, one at a time (E8); null before the first snapshot. */
        private @Nullable Map<K, V> content;

        Evicting(Cache cache, EntryMapping<T, K, V> mapping) {
            this.cache = cache;
            this.mapping = mapping;
        }

        @Override
        public void apply(SnapshotEnvelope<T> snapshot) {
            Map<K, V> before = content;
            if (before == null) {
                mapping.entries(snapshot.data()).ifPresent(this::begin);
                return;
            }
            Map<K, V> after = mapping.next(before, snapshot.data());
            Set<K> keys = new LinkedHashSet<>(before.keySet());
            keys.addAll(after.keySet());
            for (K key : keys) {
                boolean same = before.containsKey(key) == after.containsKey(key)
                        && Objects.equals(before.get(key), after.get(key));
                if (!same) {
                    cache.evictIfPresent(key);
                }
            }
            content = after;
        }

        private void begin(Map<K, V> entries) {
            FirstSnapshot.removeOthers(cache, mapping, entries);
            entries.keySet().forEach(cache::evictIfPresent);
            content = new LinkedHashMap<>(entries);
        }
    }

    /** What was in the cache before is of an unknown revision. */
    private static final class FirstSnapshot {

        static <K> void removeOthers(Cache cache, EntryMapping<?, K, ?> mapping, Map<K, ?> entries) {
            if (mapping.takesAll() && !mapping.patches()) {
                cache.invalidate();
                return;
            }
            for (K key : mapping.named()) {
                if (!mapping.keeps(key) && !entries.containsKey(key)) {
                    cache.evictIfPresent(key);
                }
            }
        }
    }
}
