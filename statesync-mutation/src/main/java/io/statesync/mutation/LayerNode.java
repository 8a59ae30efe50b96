package io.statesync.mutation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A place in a {@link Layer}: for each five bits of a key's hash an entry, or the place below. Written only by the
 * {@link LayerEdit} step that made it, before anybody else sees it.
 */
final class LayerNode {

    static final LayerNode EMPTY = new LayerNode(null, 0, new Object[0]);

    /** How many places may be one below the other: seven for the bits of a hash, and one for keys of equal hashes. */
    static final int LEVELS = 8;

    private static final int BITS = 5;
    private static final int LAST_SHIFT = 30;

    /** The step that may write here. */
    private final @Nullable Object owner;

    /** Which of the 32 places are taken; unused where all hashes are equal. */
    private int taken;

    /** In the order of the places: key and value, or null and the node below. */
    private @Nullable Object[] pairs;

    private LayerNode(@Nullable Object owner, int taken, @Nullable Object[] pairs) {
        this.owner = owner;
        this.taken = taken;
        this.pairs = pairs;
    }

    static int hash(Object key) {
        int hash = key.hashCode();
        return hash ^ hash >>> 16;
    }

    /** Key and value, or null and the node below; not to be written. */
    @Nullable
    Object[] pairs() {
        return pairs;
    }

    @Nullable
    Object get(int hash, Object key) {
        LayerNode node = this;
        for (int shift = 0; shift <= LAST_SHIFT; shift += BITS) {
            int bit = 1 << (hash >>> shift);
            if ((node.taken & bit) == 0) {
                return null;
            }
            int at = node.at(bit);
            Object there = node.pairs[at];
            Object value = node.pairs[at + 1];
            if (there != null) {
                return there == key || there.equals(key) ? value : null;
            }
            node = (LayerNode) value;
        }
        int at = node.indexOf(key);
        return at < 0 ? null : node.pairs[at + 1];
    }

    private int at(int bit) {
        return Integer.bitCount(taken & bit - 1) << 1;
    }

    /** Where all hashes are equal. */
    private int indexOf(Object key) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (key.equals(pairs[i])) {
                return i;
            }
        }
        return -1;
    }

    /** This node with the entry: itself, where the step may write it, or where nothing changes. */
    LayerNode put(LayerEdit edit, int shift, int hash, Object key, Object value) {
        int bit = shift > LAST_SHIFT ? 0 : 1 << (hash >>> shift);
        int at = bit == 0 ? indexOf(key) : at(bit);
        if (bit == 0 ? at < 0 : (taken & bit) == 0) {
            return inserted(edit, bit, Math.max(at, 0), key, value);
        }
        Object there = pairs[at];
        Object old = pairs[at + 1];
        if (there == null) {
            return set(edit, at, null, ((LayerNode) old).put(edit, shift + BITS, hash, key, value));
        }
        if (there == key || there.equals(key)) {
            edit.previous = old;
            return set(edit, at, there, value);
        }
        LayerNode both = new LayerNode(edit.step, 0, EMPTY.pairs)
                .put(edit, shift + BITS, hash(there), there, old)
                .put(edit, shift + BITS, hash, key, value);
        return set(edit, at, null, both);
    }

    /** This node without the entry; one with a single entry is to be taken into the one above. */
    LayerNode remove(LayerEdit edit, int shift, int hash, Object key) {
        int bit = shift > LAST_SHIFT ? 0 : 1 << (hash >>> shift);
        int at = bit == 0 ? indexOf(key) : at(bit);
        if (bit == 0 ? at < 0 : (taken & bit) == 0) {
            return this;
        }
        Object there = pairs[at];
        Object old = pairs[at + 1];
        if (there != null) {
            if (!there.equals(key)) {
                return this;
            }
            edit.previous = old;
            return removed(edit, bit, at);
        }
        LayerNode below = ((LayerNode) old).remove(edit, shift + BITS, hash, key);
        return below.pairs.length == 2 && below.pairs[0] != null
                ? set(edit, at, below.pairs[0], below.pairs[1])
                : set(edit, at, null, below);
    }

    private LayerNode set(LayerEdit edit, int at, @Nullable Object key, @Nullable Object value) {
        if (pairs[at + 1] == value && pairs[at] == key) {
            return this;
        }
        LayerNode own = owner == edit.step ? this : new LayerNode(edit.step, taken, pairs.clone());
        own.pairs[at] = key;
        own.pairs[at + 1] = value;
        return own;
    }

    private LayerNode inserted(LayerEdit edit, int bit, int at, Object key, Object value) {
        @Nullable Object[] more = new Object[pairs.length + 2];
        System.arraycopy(pairs, 0, more, 0, at);
        more[at] = key;
        more[at + 1] = value;
        System.arraycopy(pairs, at, more, at + 2, pairs.length - at);
        return with(edit, taken | bit, more);
    }

    private LayerNode removed(LayerEdit edit, int bit, int at) {
        @Nullable Object[] less = Arrays.copyOf(pairs, pairs.length - 2);
        System.arraycopy(pairs, at + 2, less, at, less.length - at);
        return with(edit, taken & ~bit, less);
    }

    private LayerNode with(LayerEdit edit, int newTaken, @Nullable Object[] newPairs) {
        if (owner != edit.step) {
            return new LayerNode(edit.step, newTaken, newPairs);
        }
        taken = newTaken;
        pairs = newPairs;
        return this;
    }
}
