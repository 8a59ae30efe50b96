package io.statesync.mutation;

import io.statesync.SyncErrorContext;

/**
 * Hears of transactions. Every method does nothing unless it is overridden. Called on the callback executor, one call at
 * a time, never under a lock; what it throws is logged and harms nobody (MU-H3). One that is too slow loses events, and
 * is told so.
 */
public interface TransactionListener {

    /** A transaction moved. */
    default void onTransition(TransactionEvent event) {}

    /**
     * A transaction of a former life of the process was taken up, or found to be done (MU-D5), just before its transition is
     * told. If its last attempt was interrupted the process ended during it.
     */
    default void onRestored(MutationTransaction transaction) {}

    /** An attempt failed; it is followed by another one if it says when. */
    default void onAttemptFailed(MutationTransaction transaction, Attempt attempt) {}

    /** An answer came for an attempt that nobody waits for any more (MU-R9). */
    default void onStaleResult(MutationTransaction transaction) {}

    /** A failure, with its phase {@code persist}, {@code awaitSync}, {@code store}, {@code merge} or {@code refresh} (MU-H4). */
    default void onError(SyncErrorContext context) {}

    /** So many events were lost before the next one, because this listener is too slow. */
    default void onOverflow(long lost) {}
}
