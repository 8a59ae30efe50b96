package io.statesync.mutation.jdbc;

import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionState;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that has to be written.
 *
 * @param now what is to be there
 * @param written the state that is there; null if the transaction is not
 * @param rewritten whether it does something else than what is there
 */
record Change(StoredTransaction now, @Nullable TransactionState written, boolean rewritten) {}
