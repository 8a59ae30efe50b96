package io.statesync.mutation;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The collections that are open. Safe for use by any thread; written under the engine's lock. */
final class Registry {

    private final Map<String, Rows> byId = new ConcurrentHashMap<>();

    void add(Rows rows) {
        byId.put(rows.id, rows);
    }

    int size() {
        return byId.size();
    }

    Collection<Rows> all() {
        return byId.values();
    }

    @Nullable
    Rows named(String id) {
        return byId.get(id);
    }

    @Nullable
    Rows ofTopic(String topic) {
        for (Rows rows : byId.values()) {
            if (rows.topic.equals(topic)) {
                return rows;
            }
        }
        return null;
    }
}
