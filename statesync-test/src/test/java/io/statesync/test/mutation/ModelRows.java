package io.statesync.test.mutation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the model remembers of a collection beside transactions: rows, what is held, and what is too old to be taken. */
final class ModelRows {

    private static final long FLOOR_LASTS = 30_000_000_000L;

    final String id;
    Map<String, Item> synced = new HashMap<>();
    final Map<String, Batch> held = new HashMap<>();
    final Set<String> provisional = new HashSet<>();
    private final List<Floor> floors = new ArrayList<>();

    @Nullable
    Long received;

    /** The initial data that is too old, with what came since; null: it has its data. */
    @Nullable
    List<Batch> loading;

    long wanted;

    ModelRows(String id) {
        this.id = id;
    }

    /** Rows that came at once; null for those that went. */
    record Batch(@Nullable Long revision, Map<String, @Nullable Item> rows) {}

    private record Floor(String key, long revision, long until) {}

    void floor(String key, long revision, long now) {
        floors.add(new Floor(key, revision, now + FLOOR_LASTS));
    }

    boolean refuses(String key, @Nullable Long revision, long now) {
        if (revision == null) {
            return false;
        }
        floors.removeIf(floor -> floor.until <= now || floor.key.equals(key) && floor.revision <= revision);
        return floors.stream().anyMatch(floor -> floor.key.equals(key));
    }

    void take(String key, @Nullable Item row) {
        put(key, row);
        provisional.remove(key);
    }

    void promote(String key, @Nullable Item row) {
        put(key, row);
        provisional.add(key);
    }

    private void put(String key, @Nullable Item row) {
        if (row == null) {
            synced.remove(key);
        } else {
            synced.put(key, row);
        }
    }

    boolean has(long revision) {
        return received != null && received >= revision;
    }

    void receive(@Nullable Long revision) {
        if (revision != null && !has(revision)) {
            received = revision;
        }
    }

    boolean tooOld(Batch batch) {
        return batch.revision != null && batch.revision < wanted;
    }
}
