package io.statesync.mutation;

import io.statesync.Revision;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a mutation function is given: an immutable picture of the transaction (MU-T5). */
public interface PersistContext {

    /** The transaction, in state {@code PERSISTING}. */
    MutationTransaction transaction();

    /** What changed, by row, in the order of the mutations; of a deletion nothing. */
    Map<Ref, Map<String, @Nullable Object>> changes();

    /** Which attempt this is, from 1. */
    int attempt();

    /** Equal for all attempts and over restarts: send it, so that the backend can tell a repetition. */
    String idempotencyKey();

    /** The synced row below all optimism, as this attempt began; null if there is none. */
    @Nullable
    Object baseRow(Ref ref);

    /** The revision of the synced rows of that collection, as this attempt began, for {@code If-Match}; null if unknown. */
    @Nullable
    Revision baseRevision(String collection);
}
