package io.statesync.spring;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that two instances announce a topic in turn: one that was silent while another spoke speaks again. An instance
 * that was replaced by another does not. Safe for use by any thread.
 */
final class TurnsOfSources {

    /** Of so many instances the first are remembered: more than two are wrong already. */
    private static final int REMEMBERED = 16;

    /** Guarded by this. */
    private final Map<String, Speakers> topics = new HashMap<>();

    /** Who spoke between two announcements of this one; null as long as nobody did. */
    synchronized @Nullable String spokeMeanwhile(String topic, String sourceId) {
        return topics.computeIfAbsent(topic, it -> new Speakers()).heard(sourceId);
    }

    private static final class Speakers {

        private final Set<String> all = new HashSet<>();
        private @Nullable String last;

        @Nullable
        String heard(String sourceId) {
            String before = last;
            boolean again = !sourceId.equals(before) && all.contains(sourceId);
            if (all.size() < REMEMBERED) {
                all.add(sourceId);
            }
            last = sourceId;
            return again ? before : null;
        }
    }
}
