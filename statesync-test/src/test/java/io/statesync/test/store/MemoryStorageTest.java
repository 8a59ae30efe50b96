package io.statesync.test.store;

import io.statesync.mutation.store.TransactionStorage;
import io.statesync.test.TransactionHistoryContract;
import io.statesync.test.TransactionStorageContract;
import org.junit.jupiter.api.Nested;

/** The reference, which may be opened again in the same process. */
class MemoryStorageTest {

    private final TransactionStorage memory = TransactionStorage.memory();

    @Nested
    class ItsRecovery extends TransactionStorageContract {
        @Override
        protected TransactionStorage create() {
            return memory;
        }
    }

    @Nested
    class ItsHistory extends TransactionHistoryContract {
        @Override
        protected TransactionStorage create() {
            return memory;
        }
    }
}
