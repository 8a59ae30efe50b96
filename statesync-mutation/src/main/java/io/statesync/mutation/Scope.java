package io.statesync.mutation;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The part of a draft that is about one collection. Used by one thread. */
final class Scope<K, T> implements MutationScope<K, T> {

    private final Draft draft;
    private final Rows rows;

    Scope(Draft draft, Rows rows) {
        this.draft = draft;
        this.rows = rows;
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable T get(K key) {
        return (T) draft.get(rows, key);
    }

    @Override
    public MutationScope<K, T> insert(T row) {
        draft.insert(rows, row);
        return this;
    }

    @Override
    @SuppressWarnings("unchecked")
    public MutationScope<K, T> update(K key, UnaryOperator<T> edit) {
        draft.update(rows, key, (UnaryOperator<Object>) edit);
        return this;
    }

    @Override
    public MutationScope<K, T> delete(K key) {
        draft.delete(rows, key);
        return this;
    }

    @Override
    public <L, U> MutationScope<L, U> on(SyncedCollection<L, U> other) {
        return new Scope<>(draft, Collected.rowsOf(other, draft.engine()));
    }
}
