package io.statesync.state;

import io.statesync.RefreshCause;
import io.statesync.Revision;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Entries were swapped for newer ones. The three sets name exactly the keys whose entries differ by {@code equals}.
 *
 * @param before the entries that were held; empty at the first snapshot
 * @param after the entries that are held now
 * @param added keys that only {@code after} has
 * @param updated keys that both have, with different values
 * @param removed keys that only {@code before} has
 * @param revision the revision of {@code after}
 * @param cause why the round that brought {@code after} was run; null if no sync applied it
 */
public record MapChange<K, V>(
        Map<K, V> before,
        Map<K, V> after,
        Set<K> added,
        Set<K> updated,
        Set<K> removed,
        Revision revision,
        @Nullable RefreshCause cause) {

    /** Compares the entries of two states; takes time in proportion to their number. */
    public static <K, V> MapChange<K, V> of(StateChange<Map<K, V>> change) {
        Map<K, V> before = orEmpty(change.before());
        Map<K, V> after = orEmpty(change.after());
        Set<K> added = new LinkedHashSet<>();
        Set<K> updated = new LinkedHashSet<>();
        after.forEach((key, value) -> {
            if (!before.containsKey(key)) {
                added.add(key);
            } else if (!Objects.equals(before.get(key), value)) {
                updated.add(key);
            }
        });
        Set<K> removed = new LinkedHashSet<>(before.keySet());
        removed.removeAll(after.keySet());
        return new MapChange<>(
                before,
                after,
                Collections.unmodifiableSet(added),
                Collections.unmodifiableSet(updated),
                Collections.unmodifiableSet(removed),
                change.revision(),
                change.cause());
    }

    /** All keys whose entries differ: added, updated, removed. */
    public Set<K> keys() {
        Set<K> keys = new LinkedHashSet<>(added);
        keys.addAll(updated);
        keys.addAll(removed);
        return keys;
    }

    private static <K, V> Map<K, V> orEmpty(@Nullable Map<K, V> entries) {
        return entries == null ? Map.of() : entries;
    }
}
