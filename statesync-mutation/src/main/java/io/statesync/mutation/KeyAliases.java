package io.statesync.mutation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keys that rows had before the backend gave them theirs: the latest 10,000. Written under the engine's lock, read by all. */
final class KeyAliases {

    private static final int MOST = 10_000;

    private final Map<Object, Object> byOld = new ConcurrentHashMap<>();

    /** In the order of arrival; guarded by the engine's lock. */
    private final Map<Object, Object> order = new LinkedHashMap<>();

    void put(Object old, Object key) {
        byOld.put(old, key);
        order.put(old, key);
        if (order.size() > MOST) {
            Object eldest = order.keySet().iterator().next();
            order.remove(eldest);
            byOld.remove(eldest);
        }
    }

    /** The key that the row has now. */
    Object now(Object key) {
        return byOld.isEmpty() ? key : byOld.getOrDefault(key, key);
    }
}
