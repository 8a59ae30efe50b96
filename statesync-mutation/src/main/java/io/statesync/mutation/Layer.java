package io.statesync.mutation;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Some rows by key, {@link Layers#GONE} for those that went: a hash trie that shares all but the changed places with the
 * one that it was made of. Immutable.
 */
final class Layer implements Iterable<Map.Entry<Object, Object>> {

    static final Layer EMPTY = new Layer(LayerNode.EMPTY, 0);

    private final LayerNode root;
    private final int size;

    Layer(LayerNode root, int size) {
        this.root = root;
        this.size = size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    @Nullable
    Object get(Object key) {
        return size == 0 ? null : root.get(LayerNode.hash(key), key);
    }

    @Override
    public Iterator<Map.Entry<Object, Object>> iterator() {
        return new Entries(root);
    }

    private static final class Entries implements Iterator<Map.Entry<Object, Object>> {

        private final @Nullable Object[][] pairs = new Object[LayerNode.LEVELS][];
        private final int[] at = new int[LayerNode.LEVELS];
        private int depth;

        Entries(LayerNode root) {
            pairs[0] = root.pairs();
            advance();
        }

        /** To the next entry, which may be the one that it stands at. */
        private void advance() {
            while (depth >= 0) {
                if (at[depth] == pairs[depth].length) {
                    depth--;
                } else if (pairs[depth][at[depth]] != null) {
                    return;
                } else {
                    LayerNode below = (LayerNode) pairs[depth][at[depth] + 1];
                    at[depth] += 2;
                    pairs[++depth] = below.pairs();
                    at[depth] = 0;
                }
            }
        }

        @Override
        public boolean hasNext() {
            return depth >= 0;
        }

        @Override
        public Map.Entry<Object, Object> next() {
            if (depth < 0) {
                throw new NoSuchElementException();
            }
            @Nullable Object[] here = pairs[depth];
            Map.Entry<Object, Object> entry = Map.entry(here[at[depth]], here[at[depth] + 1]);
            at[depth] += 2;
            advance();
            return entry;
        }
    }
}
