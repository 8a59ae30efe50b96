package io.statesync.mutation;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two layers over a base, as one unmodifiable map. Reading a key costs one to three probes; nothing is copied. */
final class LayeredMap extends AbstractMap<Object, Object> {

    private final Map<Object, Object> base;
    private final Layer middle;
    private final Layer top;

    /** How many entries there are; -1: count them. */
    private final int size;

    LayeredMap(Map<Object, Object> base, Layer middle, Layer top, int size) {
        this.base = base;
        this.middle = middle;
        this.top = top;
        this.size = size;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        if (key == null) {
            return null;
        }
        Object value = top.get(key);
        if (value == null) {
            value = middle.get(key);
        }
        return value == null ? base.get(key) : value == Layers.GONE ? null : value;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public int size() {
        return size >= 0 ? size : (int) entrySet().stream().count();
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<Object, Object>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                if (size >= 0) {
                    return size;
                }
                int count = 0;
                for (Iterator<?> all = new Entries(); all.hasNext(); all.next()) {
                    count++;
                }
                return count;
            }
        };
    }

    /** From the top down, each without what is hidden by those above it. */
    private final class Entries implements Iterator<Entry<Object, Object>> {

        private int layer;
        private Iterator<Entry<Object, Object>> entries = top.iterator();
        private @Nullable Entry<Object, Object> next = advance();

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Entry<Object, Object> next() {
            Entry<Object, Object> entry = next;
            if (entry == null) {
                throw new NoSuchElementException();
            }
            next = advance();
            return entry;
        }

        private @Nullable Entry<Object, Object> advance() {
            while (true) {
                while (entries.hasNext()) {
                    Entry<Object, Object> entry = entries.next();
                    if (entry.getValue() != Layers.GONE && !hidden(entry.getKey())) {
                        return Map.entry(entry.getKey(), entry.getValue());
                    }
                }
                if (layer == 2) {
                    return null;
                }
                layer++;
                entries = layer == 1 ? middle.iterator() : base.entrySet().iterator();
            }
        }

        private boolean hidden(Object key) {
            return (layer >= 1 && top.get(key) != null) || (layer == 2 && middle.get(key) != null);
        }
    }
}
