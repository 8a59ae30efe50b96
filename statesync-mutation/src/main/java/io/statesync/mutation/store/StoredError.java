package io.statesync.mutation.store;

import org.jspecify.annotations.Nullable;

/**
 * An error as it is stored.
 *
 * @param transactionId the transaction that failed originally, if it was another one
 * @param type the class of what was thrown
 * @param message its message; never empty
 */
public record StoredError(@Nullable String transactionId, String type, String message) {}
