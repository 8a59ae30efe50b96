package io.statesync.mutation;

import org.jspecify.annotations.Nullable;

/**
 * Why a transaction failed (MU-T2).
 *
 * @param transactionId the transaction that failed originally, if it was another one (MU-O7)
 * @param message what to tell; never empty
 * @param error what was thrown; after a restart a {@link RestoredException}
 */
public record TransactionError(@Nullable String transactionId, String message, Throwable error) {}
