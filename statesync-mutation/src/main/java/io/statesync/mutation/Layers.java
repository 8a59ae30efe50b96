package io.statesync.mutation;

import io.statesync.Revision;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a collection in layers (MUTATIONS 4): a frozen map of the last whole snapshot, over it what came since, over
 * that what is optimistic; and beside them what is held back. Guarded by the engine's lock; {@link View} is for readers.
 */
final class Layers {

    /** Stands for a row that is not there. */
    static final Object GONE = new Object();

    private static final int FOLD_AT_LEAST = 4096;

    private Map<Object, Object> base = new HashMap<>();
    private final LayerEdit synced = new LayerEdit();
    private final LayerEdit overlay = new LayerEdit();
    private final LayerEdit held = new LayerEdit();
    private int size;
    private long version;

    /** What came while a new base is being made of base and synced, by a thread without the lock; null if none is. */
    private @Nullable Map<Object, Object> sinceFold;

    View view(String collection, @Nullable Revision revision) {
        return new View(collection, base, synced.freeze(), overlay.freeze(), held.freeze(), size, revision, ++version);
    }

    /** The synced row. */
    @Nullable
    Object synced(Object key) {
        Object newer = synced.get(key);
        return newer == null ? base.get(key) : row(newer);
    }

    @Nullable
    Object visible(Object key) {
        Object optimistic = overlay.get(key);
        return optimistic == null ? synced(key) : row(optimistic);
    }

    private static @Nullable Object row(Object value) {
        return value == GONE ? null : value;
    }

    private static Object value(@Nullable Object row) {
        return row == null ? GONE : row;
    }

    void putSynced(Object key, @Nullable Object row) {
        Object before = synced.put(key, value(row));
        if (sinceFold != null) {
            sinceFold.put(key, value(row));
        }
        if (overlay.get(key) == null) {
            count(before == null ? base.get(key) : row(before), row);
        }
    }

    void putOverlay(Object key, @Nullable Object row) {
        Object before = overlay.put(key, value(row));
        count(before == null ? synced(key) : row(before), row);
    }

    /** @param was the row that was visible before */
    void putOverlay(Object key, @Nullable Object row, @Nullable Object was) {
        overlay.put(key, value(row));
        count(was, row);
    }

    void clearOverlay(Object key) {
        Object before = overlay.remove(key);
        if (before != null) {
            count(row(before), synced(key));
        }
    }

    private void count(@Nullable Object was, @Nullable Object is) {
        size += (is == null ? 0 : 1) - (was == null ? 0 : 1);
    }

    void hold(Object key, @Nullable Object row) {
        held.put(key, value(row));
    }

    boolean holds(Object key) {
        return held.get(key) != null;
    }

    /** Takes back what is held; null: it was held that the row is gone. */
    @Nullable
    Object unhold(Object key) {
        Object was = held.remove(key);
        return was == null ? null : row(was);
    }

    /** All rows anew, but for these, whose synced rows stay as they were. The map is not written any more. */
    void replaceBase(Map<Object, Object> rows, Iterable<Object> exceptions) {
        Map<Object, Object> kept = new HashMap<>();
        for (Object key : exceptions) {
            kept.put(key, value(synced(key)));
        }
        base = rows;
        synced.clear();
        kept.forEach(synced::put);
        sinceFold = null;
        size = base.size();
        kept.forEach((key, value) -> count(base.get(key), row(value)));
        overlay.freeze().forEach(entry -> count(synced(entry.getKey()), row(entry.getValue())));
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
        for (Map.Entry<Object, Object> newer : view.synced()) {
            if (newer.getValue() == GONE) {
                folded.remove(newer.getKey());
            } else {
                folded.put(newer.getKey(), newer.getValue());
            }
        }
        return folded;
    }

    /** Takes the folded base, if no snapshot came meanwhile. */
    void endFold(View from, Map<Object, Object> folded) {
        if (sinceFold == null || base != from.base()) {
            return;
        }
        base = folded;
        synced.clear();
        sinceFold.forEach(synced::put);
        sinceFold = null;
    }
}
