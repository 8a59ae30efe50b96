package io.statesync.mutation;

import io.statesync.Revision;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a backend said to a transaction that it took. Immutable.
 *
 * @param revision of the topic of the collection through which the transaction was made; empty if it said none
 * @param revisions further ones, by topic
 * @param rows rows as the backend has them now, by collection: shown until sync brings newer ones
 * @param keys keys that it made, by collection and by the temporary key under which the row was inserted
 */
public record PersistResult(
        List<Revision> revision,
        Map<String, Revision> revisions,
        Map<String, List<Object>> rows,
        Map<String, Map<Object, Object>> keys) {

    private static final PersistResult NONE = new PersistResult(List.of(), Map.of(), Map.of(), Map.of());

    public PersistResult {
        revision = List.copyOf(revision);
        revisions = Map.copyOf(revisions);
        rows = Map.copyOf(rows);
        keys = Map.copyOf(keys);
    }

    /** It took it, and said nothing more. */
    public static PersistResult none() {
        return NONE;
    }

    /** The state with the transaction in it has this revision. */
    public static PersistResult revision(Revision revision) {
        return new PersistResult(List.of(revision), Map.of(), Map.of(), Map.of());
    }

    /** For a transaction over several collections: the revision of each topic. */
    public static PersistResult revisions(Map<String, Revision> byTopic) {
        return new PersistResult(List.of(), byTopic, Map.of(), Map.of());
    }

    /** The same answer, with rows as the backend has them now. */
    public PersistResult withRows(String collection, Collection<?> newRows) {
        Map<String, List<Object>> all = new LinkedHashMap<>(rows);
        all.put(collection, List.copyOf(newRows));
        return new PersistResult(revision, revisions, all, keys);
    }

    /**
     * The same answer, with the keys that the backend gave to rows that were inserted under temporary ones: from now on they
     * are visible under these, what waits behind them is sent with these, and an edit by the temporary key still finds them.
     * The row model has to know how a row gets another key ({@link RowModel#withKey}).
     *
     * @param newKeys by temporary key
     */
    public PersistResult withKeys(String collection, Map<?, ?> newKeys) {
        Map<String, Map<Object, Object>> all = new LinkedHashMap<>(keys);
        all.put(collection, Map.copyOf(newKeys));
        return new PersistResult(revision, revisions, rows, all);
    }
}
