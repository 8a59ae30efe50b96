package io.statesync.mutation;

import io.statesync.Revision;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a collection in one version (MU-C8). Immutable.
 *
 * @param collection its id
 * @param base the last whole snapshot; not written any more
 * @param synced what came since, {@link Layers#GONE} for what went
 * @param overlay what is optimistic
 * @param held what is held back
 * @param size how many rows are visible
 * @param revision the newest that was received
 * @param version rises with each publication
 */
record View(
        String collection,
        Map<Object, Object> base,
        Layer synced,
        Layer overlay,
        Layer held,
        int size,
        @Nullable Revision revision,
        long version) {

    /** The visible row. */
    @Nullable
    Object visible(Object key) {
        Object optimistic = overlay.get(key);
        return optimistic == null ? syncedRow(key) : optimistic == Layers.GONE ? null : optimistic;
    }

    /** The synced row. */
    @Nullable
    Object syncedRow(Object key) {
        Object newer = synced.get(key);
        return newer == null ? base.get(key) : newer == Layers.GONE ? null : newer;
    }

    /** What is visible, as a map. */
    Map<Object, Object> data() {
        return new LayeredMap(base, synced, overlay, size);
    }

    /** What was received, whether or not it is held back, as a map (MU-L7). */
    Map<Object, Object> received() {
        return new LayeredMap(base, synced, held, -1);
    }
}
