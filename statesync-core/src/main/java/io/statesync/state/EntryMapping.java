package io.statesync.state;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the data of a snapshot becomes entries by key: the one mapper of every keyed state adapter. Immutable; each method
 * returns another mapping.
 *
 * <p>By default the data is a map, and it replaces what is there: what it lacks is gone. It is strict: data of the wrong
 * shape (null, something that is no map, a null key) fails the apply, and the state is left as it was.
 *
 * @param <T> the data of the topic
 * @param <K> the keys
 * @param <V> the values; an entry is replaced whole
 */
public final class EntryMapping<T, K, V> {

    private final boolean patch;
    private final boolean lenient;
    private final @Nullable Function<Object, Object> mapping;
    private final @Nullable Set<K> only;
    private final @Nullable Set<K> except;

    private EntryMapping(
            boolean patch,
            boolean lenient,
            @Nullable Function<Object, Object> mapping,
            @Nullable Set<K> only,
            @Nullable Set<K> except) {
        if (only != null && except != null) {
            throw new IllegalArgumentException("only(" + only + ") and except(" + except
                    + ") cannot go together: name either the keys that are taken or those that are not");
        }
        this.patch = patch;
        this.lenient = lenient;
        this.mapping = mapping;
        this.only = only;
        this.except = except;
    }

    /** The snapshot is the truth: entries that it lacks are removed. */
    public static <T, K, V> EntryMapping<T, K, V> replace() {
        return new EntryMapping<>(false, false, null, null, null);
    }

    /** The snapshot adds and replaces entries, and keeps the others; of the top level only. */
    public static <T, K, V> EntryMapping<T, K, V> patch() {
        return new EntryMapping<>(true, false, null, null, null);
    }

    /** Makes the entries out of the data. What the function throws fails the apply. */
    @SuppressWarnings("unchecked") // what it returns is looked at before it is used
    public EntryMapping<T, K, V> map(Function<? super T, ? extends Map<K, V>> newMapping) {
        return new EntryMapping<>(patch, lenient, (Function<Object, Object>) (Function<?, ?>) newMapping, only, except);
    }

    /**
     * Takes only the entries of these keys; others are neither written nor removed. Looked at after {@link #map}.
     *
     * @throws IllegalArgumentException if {@link #except} was said, or no key is named
     */
    public EntryMapping<T, K, V> only(Collection<? extends K> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("only(..) needs a key: without one nothing would ever be written");
        }
        return new EntryMapping<>(patch, lenient, mapping, copy(keys), except);
    }

    /**
     * Takes the entries of all keys but these, which are neither written nor removed. Looked at after {@link #map}.
     *
     * @throws IllegalArgumentException if {@link #only} was said
     */
    public EntryMapping<T, K, V> except(Collection<? extends K> keys) {
        return new EntryMapping<>(patch, lenient, mapping, only, copy(keys));
    }

    /** Data of the wrong shape changes nothing, instead of failing the apply. */
    public EntryMapping<T, K, V> lenient() {
        return new EntryMapping<>(patch, true, mapping, only, except);
    }

    /**
     * The state after a snapshot: a new map in the order of the snapshot, entries that are kept first; or {@code current}
     * itself if the data has the wrong shape and this is lenient.
     *
     * @throws IllegalArgumentException if the data has the wrong shape and this is strict
     */
    public Map<K, V> next(Map<K, V> current, @Nullable T data) {
        Map<K, V> next = merged(current, data);
        return next == null ? current : Collections.unmodifiableMap(next);
    }

    /** {@link #next} for a container, which lets nobody write it; null if {@code current} stays. */
    @Nullable
    LinkedHashMap<K, V> merged(Map<K, V> current, @Nullable T data) {
        LinkedHashMap<K, V> incoming = taken(data);
        if (incoming == null || (takesAll() && !patch)) {
            return incoming;
        }
        LinkedHashMap<K, V> next = new LinkedHashMap<>();
        current.forEach((key, value) -> {
            if (keeps(key)) {
                next.put(key, value);
            }
        });
        next.putAll(incoming);
        return next;
    }

    /**
     * What the data says of the keys that are taken; empty if it has the wrong shape and this is lenient. For adapters that
     * write entry by entry.
     *
     * @throws IllegalArgumentException if the data has the wrong shape and this is strict
     */
    public Optional<Map<K, V>> entries(@Nullable T data) {
        return Optional.ofNullable(taken(data)).map(Collections::unmodifiableMap);
    }

    private @Nullable LinkedHashMap<K, V> taken(@Nullable T data) {
        Object mapped = mapped(data);
        if (!(mapped instanceof Map<?, ?> map)) {
            return wrongShape(mapped == null ? "null" : "a " + mapped.getClass().getName(), null);
        }
        LinkedHashMap<K, V> taken = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getKey() == null) {
                return wrongShape("a map with a null key", null);
            }
            @SuppressWarnings("unchecked") // the types of keys and values are the codec's promise
            Map.Entry<K, V> typed = (Map.Entry<K, V>) entry;
            if (takes(typed.getKey())) {
                taken.put(typed.getKey(), typed.getValue());
            }
        }
        return taken;
    }

    /** Whether the entry of this key is kept if a snapshot lacks it. */
    public boolean keeps(K key) {
        return patch || !takes(key);
    }

    /** Whether the entry of this key may be written and removed. */
    public boolean takes(K key) {
        return only != null ? only.contains(key) : except == null || !except.contains(key);
    }

    /** Whether a snapshot adds to what is there: {@link #patch}. */
    public boolean patches() {
        return patch;
    }

    /** Whether neither {@link #only} nor {@link #except} was said. */
    public boolean takesAll() {
        return only == null && except == null;
    }

    /** The keys of {@link #only}; empty if that was not said. */
    public Set<K> named() {
        return only == null ? Set.of() : only;
    }

    private @Nullable Object mapped(@Nullable T data) {
        if (mapping == null || data == null) {
            return data;
        }
        try {
            return mapping.apply(data);
        } catch (ClassCastException e) {
            // a mapping that casts what it finds says the same as one that returns it
            return wrongShape("something that cannot be cast: " + e.getMessage(), e);
        }
    }

    private @Nullable LinkedHashMap<K, V> wrongShape(String found, @Nullable Throwable cause) {
        if (lenient) {
            return null;
        }
        throw new IllegalArgumentException(
                "the " + (mapping == null ? "data of the snapshot" : "mapping of the snapshot's data") + " is " + found
                        + ", and entries by key were expected: let map(..) return a map, or say lenient() to skip it",
                cause);
    }

    private static <K> Set<K> copy(Collection<? extends K> keys) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(keys));
    }
}
