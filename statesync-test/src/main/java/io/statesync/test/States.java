package io.statesync.test;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The state that the end-to-end cases share: JSON-like, immutable; its counter counts the writes. */
final class States {

    static final String COUNT = "count";

    private States() {}

    static Map<String, Object> initial() {
        return Map.of(COUNT, 0);
    }

    static Map<String, Object> with(Map<String, Object> state, String key, Object value) {
        Map<String, Object> next = new TreeMap<>(state);
        next.put(key, value);
        return Collections.unmodifiableMap(next);
    }

    static Map<String, Object> counted(Map<String, Object> state) {
        return with(state, COUNT, count(state) + 1);
    }

    static int count(Map<String, Object> state) {
        return state.get(COUNT) instanceof Integer count ? count : 0;
    }
}
