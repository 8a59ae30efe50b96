package io.statesync.state;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An unmodifiable map that is always the newest one of a cell; each call, and each iteration, sees one generation. */
final class LiveMap<K, V> extends AbstractMap<K, V> {

    private final Cell<LinkedHashMap<K, V>> cell;
    private final Set<Entry<K, V>> entries;
    private final Set<K> keys;
    private final Collection<V> values;

    LiveMap(Cell<LinkedHashMap<K, V>> cell) {
        this.cell = cell;
        this.entries = new LiveCollection.OfSet<>(() -> unmodifiable().entrySet());
        this.keys = new LiveCollection.OfSet<>(() -> unmodifiable().keySet());
        this.values = new LiveCollection<>(() -> unmodifiable().values());
    }

    /* What hands out parts of the entries; the calls below do not. */
    private Map<K, V> unmodifiable() {
        return Collections.unmodifiableMap(cell.read());
    }

    @Override
    @SuppressWarnings("NullAway") // as a map says it
    public V get(Object key) {
        return cell.read().get(key);
    }

    @Override
    public V getOrDefault(Object key, V absent) {
        return cell.read().getOrDefault(key, absent);
    }

    @Override
    public boolean containsKey(Object key) {
        return cell.read().containsKey(key);
    }

    @Override
    public boolean containsValue(Object value) {
        return cell.read().containsValue(value);
    }

    @Override
    public int size() {
        return cell.read().size();
    }

    @Override
    public boolean isEmpty() {
        return cell.read().isEmpty();
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return entries;
    }

    @Override
    public Set<K> keySet() {
        return keys;
    }

    @Override
    public Collection<V> values() {
        return values;
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        cell.read().forEach(action);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || cell.read().equals(other);
    }

    @Override
    public int hashCode() {
        return cell.read().hashCode();
    }

    /** Also before the first snapshot, and however old: for logs and debuggers. */
    @Override
    public String toString() {
        return String.valueOf(cell.peek());
    }
}
