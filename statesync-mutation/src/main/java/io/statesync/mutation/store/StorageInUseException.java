package io.statesync.mutation.store;

import org.jspecify.annotations.Nullable;

/** A storage cannot be opened because somebody else has it: another process, another node, or another engine of this one. */
public final class StorageInUseException extends TransactionStorageException {

    private static final long serialVersionUID = 1L;

    public StorageInUseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
