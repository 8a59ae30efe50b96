package io.statesync.mutation;

import io.statesync.Revision;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;

/**
 * The rows of a collection in layers (MUTATIONS 4): a frozen map of the last whole snapshot, over it what came since, over
 * that what is optimistic; and beside them what is held back. Guarded by the engine's lock; {@link View} is for readers.
 */
final class Layers {

    /** Stands for a row that is not there. */
    static final Object GONE = new Object();

    private static final int FOLD_AT_LEAST = 4096;

    private Map<Object, Object> base = new HashMap<>();
    private HashPMap<Object, Object> synced = HashTreePMap.empty();
    private HashPMap<Object, Object> overlay = HashTreePMap.empty();
    private HashPMap<Object, Object> held = HashTreePMap.empty();
    private int size;
    private long version;

    /** What came while a new base is being made of base and synced, by a thread without the lock; null if none is. */
    private @Nullable Map<Object, Object> sinceFold;

    View view(String collection, @Nullable Revision revision) {
        return new View(collection, base, synced, overlay, held, size, revision, ++version);
    }

    /** The synced row. */
    @Nullable
    Object synced(Object key) {
        Object newer = synced.isEmpty() ? null : synced.get(key);
        return newer == null ? base.get(key) : row(newer);
    }

    @Nullable
    Object visible(Object key) {
        Object optimistic = overlay.isEmpty() ? null : overlay.get(key);
        return optimistic == null ? synced(key) : row(optimistic);
    }

    private static @Nullable Object row(Object value) {
        return value == GONE ? null : value;
    }

    private static Object value(@Nullable Object row) {
        return row == null ? GONE : row;
    }

    void putSynced(Object key, @Nullable Object row) {
        boolean was = visible(key) != null;
        synced = synced.plus(key, value(row));
        if (sinceFold != null) {
            sinceFold.put(key, value(row));
        }
        count(was, key);
    }

    void putOverlay(Object key, @Nullable Object row) {
        putOverlay(key, row, visible(key) != null);
    }

    /** @param was whether a row was visible before */
    void putOverlay(Object key, @Nullable Object row, boolean was) {
        overlay = overlay.plus(key, value(row));
        size += (row == null ? 0 : 1) - (was ? 1 : 0);
    }

    void clearOverlay(Object key) {
        if (overlay.isEmpty()) {
            return;
        }
        boolean was = visible(key) != null;
        overlay = overlay.minus(key);
        count(was, key);
    }

    private void count(boolean was, Object key) {
        size += (visible(key) == null ? 0 : 1) - (was ? 1 : 0);
    }

    void hold(Object key, @Nullable Object row) {
        held = held.plus(key, value(row));
    }

    boolean holds(Object key) {
        return !held.isEmpty() && held.containsKey(key);
    }

    /** Takes back what is held; null: it was held that the row is gone. */
    @Nullable
    Object unhold(Object key) {
        Object was = held.get(key);
        held = held.minus(key);
        return was == null ? null : row(was);
    }

    /** All rows anew, but for these, whose synced rows stay as they were. The map is not written any more. */
    void replaceBase(Map<Object, Object> rows, Iterable<Object> exceptions) {
        HashPMap<Object, Object> kept = HashTreePMap.empty();
        for (Object key : exceptions) {
            kept = kept.plus(key, value(synced(key)));
        }
        base = rows;
        synced = kept;
        sinceFold = null;
        size = base.size();
        synced.forEach((key, value) -> size += (value == GONE ? 0 : 1) - (base.containsKey(key) ? 1 : 0));
        overlay.forEach((key, value) -> size += (value == GONE ? 0 : 1) - (synced(key) == null ? 0 : 1));
    }

    // ---- folding

    /** Whether so much came since the last snapshot that a new base is due; if so, it is noted from now on what comes. */
    boolean beginFold() {
        if (sinceFold != null || synced.size() <= Math.max(FOLD_AT_LEAST, base.size() / 4)) {
            return false;
        }
        sinceFold = new HashMap<>();
        return true;
    }

    /** Base and synced of that view in one map. Without the lock. */
    static Map<Object, Object> fold(View view) {
        Map<Object, Object> folded = new HashMap<>(view.base());
        view.synced().forEach((key, value) -> {
            if (value == GONE) {
                folded.remove(key);
            } else {
                folded.put(key, value);
            }
        });
        return folded;
    }

    /** Takes the folded base, if no snapshot came meanwhile. */
    void endFold(View from, Map<Object, Object> folded) {
        if (sinceFold == null || base != from.base()) {
            return;
        }
        base = folded;
        synced = HashTreePMap.from(sinceFold);
        sinceFold = null;
    }
}
