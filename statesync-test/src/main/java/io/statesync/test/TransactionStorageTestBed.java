package io.statesync.test;

import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.Recovery;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.mutation.store.TransactionStorageException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A storage that is closed and opened again over the same data. */
public abstract class TransactionStorageTestBed {

    private @Nullable TransactionStorage storage;
    private RecordingSink sink = new RecordingSink();

    /** A storage over the data of this test, not open yet; empty at its first call. */
    protected abstract TransactionStorage create();

    @AfterEach
    void closeStorage() {
        if (storage != null) {
            storage.close();
        }
    }

    /** Closes what is open, and opens another one over the same data. */
    protected final Recovery reopen() throws TransactionStorageException {
        closeStorage();
        TransactionStorage opened = create();
        storage = opened;
        sink = new RecordingSink();
        return opened.open(sink);
    }

    /** The one that is open. */
    protected final TransactionStorage storage() {
        return Objects.requireNonNull(storage, "open it first");
    }

    /** What came back when it was opened. */
    protected final List<StoredTransaction> restored() {
        return sink.restored();
    }

    /** The ids of what came back. */
    protected final List<String> ids() {
        return sink.ids();
    }

    /** What heard all of it. */
    protected final RecordingSink sink() {
        return sink;
    }

    /** Appends, and waits until it is durable. */
    protected final void append(StoreEvent event) {
        await(storage().append(event));
    }

    /** Waits until the position is durable. */
    protected final void await(long position) {
        storage()
                .durable(position)
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    /** All of it. */
    protected final List<StoredTransaction> history() {
        return history(Query.ALL);
    }

    /** What the query means. */
    protected final List<StoredTransaction> history(Query query) {
        try (Stream<StoredTransaction> found = storage().history(query)) {
            return found.toList();
        }
    }
}
