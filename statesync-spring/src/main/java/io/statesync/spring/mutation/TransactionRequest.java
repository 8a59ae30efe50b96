package io.statesync.spring.mutation;

import io.statesync.mutation.PersistContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as {@link HttpPersister} sends it: all its rows, to be written wholly or not at all.
 *
 * @param id the transaction
 * @param mutations what is done to each row, in the order in which it was made
 */
public record TransactionRequest(String id, List<Mutation> mutations) {

    /**
     * What is done to one row.
     *
     * @param type {@code insert}, {@code update} or {@code delete}
     * @param collection the collection
     * @param key the row
     * @param changes the fields that differ; of an insertion all, of a deletion none
     * @param row the row after it; of a deletion the row that was deleted
     */
    public record Mutation(
            String type, String collection, Object key, Map<String, @Nullable Object> changes, Object row) {}

    static TransactionRequest of(PersistContext context) {
        return new TransactionRequest(
                context.transaction().id(),
                context.transaction().mutations().stream()
                        .map(it -> new Mutation(
                                it.type().name().toLowerCase(Locale.ROOT),
                                it.ref().collection(),
                                it.ref().key(),
                                it.changes(),
                                it.modified()))
                        .toList());
    }
}
