package io.statesync.mutation;

import io.statesync.mutation.store.MutationType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a transaction does to a row, as the engine holds it. Immutable but for the introduction to its transaction. */
final class Change {

    final Rows rows;
    final Ref ref;
    final MutationType type;
    final @Nullable Object original;
    final Object modified;
    final Map<String, @Nullable Object> changes;
    final Map<String, String> metadata;

    /** Set once, under the engine's lock, before anybody else sees the change. */
    @SuppressWarnings("NullAway.Init")
    Tx tx;

    Change(
            Rows rows,
            Ref ref,
            MutationType type,
            @Nullable Object original,
            Object modified,
            Map<String, @Nullable Object> changes,
            Map<String, String> metadata) {
        this.rows = rows;
        this.ref = ref;
        this.type = type;
        this.original = original;
        this.modified = modified;
        this.changes = changes;
        this.metadata = metadata;
    }

    Object key() {
        return ref.key();
    }

    /**
     * The row with this change: an update adds its fields, and brings nothing back that is gone; an insertion adds its
     * fields to a row that came meanwhile (MU-V2, MU-P4). {@code current == original} is the usual case and costs nothing.
     */
    @Nullable
    Object applyTo(@Nullable Object current) {
        if (type == MutationType.DELETE) {
            return null;
        }
        if (current == original) {
            return modified;
        }
        if (current == null) {
            return type == MutationType.INSERT ? modified : null;
        }
        return rows.model.patch(current, changes);
    }
}
