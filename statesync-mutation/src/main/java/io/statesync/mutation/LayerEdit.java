package io.statesync.mutation;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Layer} in work: what a step made is written in place until the step's end freezes it. Guarded by the engine's
 * lock.
 */
final class LayerEdit {

    private LayerNode root = LayerNode.EMPTY;
    private int size;
    private Layer frozen = Layer.EMPTY;

    /** Marks the nodes that this step made; another one after each freezing. */
    Object step = new Object();

    /** What the last entry was before. */
    @Nullable
    Object previous;

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

    /** The value that the key had. */
    @Nullable
    Object put(Object key, Object value) {
        previous = null;
        root = root.put(this, 0, LayerNode.hash(key), key, value);
        Object before = previous;
        previous = null;
        size += before == null ? 1 : 0;
        frozen = Layer.EMPTY;
        return before;
    }

    /** The value that the key had. */
    @Nullable
    Object remove(Object key) {
        if (size == 0) {
            return null;
        }
        previous = null;
        root = root.remove(this, 0, LayerNode.hash(key), key);
        Object before = previous;
        previous = null;
        if (before != null) {
            size--;
            frozen = Layer.EMPTY;
        }
        return before;
    }

    void clear() {
        root = LayerNode.EMPTY;
        size = 0;
        frozen = Layer.EMPTY;
    }

    /** As it is now; what comes is written elsewhere. */
    Layer freeze() {
        if (size > 0 && frozen == Layer.EMPTY) {
            frozen = new Layer(root, size);
            step = new Object();
        }
        return frozen;
    }
}
