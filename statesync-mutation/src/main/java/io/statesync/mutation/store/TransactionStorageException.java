package io.statesync.mutation.store;

import org.jspecify.annotations.Nullable;

/** A storage cannot be opened, read or written. The message names the storage and says what to do. */
public class TransactionStorageException extends Exception {

    private static final long serialVersionUID = 1L;

    public TransactionStorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
