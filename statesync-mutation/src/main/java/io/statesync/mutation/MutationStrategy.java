package io.statesync.mutation;

import io.statesync.mutation.store.StrategyType;
import org.jspecify.annotations.Nullable;

/**
 * Whether transactions on the same row wait for each other. Immutable.
 *
 * <p>Where several pending transactions of a row bring a merge, that of the newest parallel one is used; it is not used
 * while an ordered transaction locks the row.
 *
 * @param type ordered or parallel
 * @param merge how a parallel one is joined with what was synced; null: field by field (MU-P4)
 * @param keepsFailed whether the effect of a failed parallel one stays visible until the next sync of its rows (A5)
 */
public record MutationStrategy(StrategyType type, @Nullable Merge<?> merge, boolean keepsFailed) {

    /** Transactions on the same row run one after the other, in the order of creation (MU-O1). */
    public static final MutationStrategy ORDERED = new MutationStrategy(StrategyType.ORDERED, null, false);

    /** Transactions never wait; changes are applied field by field over what was synced. */
    public static final MutationStrategy PARALLEL = new MutationStrategy(StrategyType.PARALLEL, null, false);

    public MutationStrategy {
        if (type == StrategyType.ORDERED && (merge != null || keepsFailed)) {
            throw new IllegalArgumentException(
                    "an ordered strategy neither merges nor keeps what failed: use a parallel one");
        }
    }

    /** Transactions never wait; the merge derives what is visible. */
    public static <T> MutationStrategy parallel(Merge<T> merge) {
        return new MutationStrategy(StrategyType.PARALLEL, merge, false);
    }

    /** The same, and the effect of one that failed stays visible until the next sync of its rows (A5). */
    public MutationStrategy keepingFailedUntilNextSync() {
        return new MutationStrategy(type, merge, true);
    }
}
