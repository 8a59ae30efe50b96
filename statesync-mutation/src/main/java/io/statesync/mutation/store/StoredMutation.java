package io.statesync.mutation.store;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mutation as it is stored. The values of what changed are the fields of {@code modified}.
 *
 * @param collection the id of the collection
 * @param key the key as the codec writes it; without a codec its text, which then serves queries only
 * @param type what it does
 * @param codec the id of the codec that wrote the rows; empty if they are live
 * @param codecVersion the version of that codec, for upcasting
 * @param original the row before; null if it was inserted
 * @param modified the row after; of a deletion the row that was deleted
 * @param changed the names of the fields that differ, in the row's order
 * @param metadata the caller's, opaque
 */
public record StoredMutation(
        String collection,
        String key,
        MutationType type,
        String codec,
        int codecVersion,
        @Nullable StoredRow original,
        StoredRow modified,
        List<String> changed,
        Map<String, String> metadata) {

    public StoredMutation {
        changed = List.copyOf(changed);
        metadata = Map.copyOf(metadata);
    }
}
