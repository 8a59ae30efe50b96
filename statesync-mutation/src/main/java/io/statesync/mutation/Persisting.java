package io.statesync.mutation;

import io.statesync.Revision;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one attempt is given: the transaction and the synced rows as it began. Immutable. */
final class Persisting implements PersistContext {

    private final MutationTransaction transaction;
    private final EngineView view;

    Persisting(MutationTransaction transaction, EngineView view) {
        this.transaction = transaction;
        this.view = view;
    }

    @Override
    public MutationTransaction transaction() {
        return transaction;
    }

    @Override
    public Map<Ref, Map<String, @Nullable Object>> changes() {
        return changes(transaction);
    }

    static Map<Ref, Map<String, @Nullable Object>> changes(MutationTransaction transaction) {
        Map<Ref, Map<String, @Nullable Object>> changes = new LinkedHashMap<>();
        transaction.mutations().forEach(mutation -> changes.put(mutation.ref(), mutation.changes()));
        return Collections.unmodifiableMap(changes);
    }

    @Override
    public int attempt() {
        return transaction.currentAttempt();
    }

    @Override
    public String idempotencyKey() {
        return transaction.idempotencyKey();
    }

    @Override
    public @Nullable Object baseRow(Ref ref) {
        View rows = view.named(ref.collection());
        return rows == null ? null : rows.syncedRow(ref.key());
    }

    @Override
    public @Nullable Revision baseRevision(String collection) {
        View rows = view.named(collection);
        return rows == null ? null : rows.revision();
    }
}
