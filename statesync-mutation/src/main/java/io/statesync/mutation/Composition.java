package io.statesync.mutation;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is visible of a row: a pure function of what was synced and of the pending changes in the order of creation
 * (MU-C6). The only user code that runs under the engine's lock is here: patches and merges.
 */
final class Composition {

    private Composition() {}

    /** The visible row; what a merge or a patch throws goes to {@code faults}, and the row is composed without it (MU-P5). */
    static @Nullable Object compose(
            @Nullable Object synced, List<Change> pending, @Nullable Merge<?> merge, Consumer<Throwable> faults) {
        if (merge != null) {
            try {
                return merge(merge, synced, pending);
            } catch (Throwable thrown) {
                faults.accept(thrown);
            }
        }
        Object row = synced;
        for (int i = 0; i < pending.size(); i++) {
            row = apply(pending.get(i), row, faults);
        }
        return row;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object merge(Merge<?> merge, @Nullable Object synced, List<Change> pending) {
        List<PendingMutation> mutations =
                pending.stream().map(Composition::mutation).toList();
        return ((Merge<Object>) merge).merge(synced, mutations);
    }

    private static PendingMutation mutation(Change change) {
        Tx tx = change.tx;
        return tx.snapshot().mutations().get(tx.changes.indexOf(change));
    }

    /** The row with this change; what a patch throws goes to {@code faults}. */
    static @Nullable Object apply(Change change, @Nullable Object row, Consumer<Throwable> faults) {
        try {
            return change.applyTo(row);
        } catch (Throwable thrown) {
            faults.accept(thrown);
            return change.modified;
        }
    }
}
