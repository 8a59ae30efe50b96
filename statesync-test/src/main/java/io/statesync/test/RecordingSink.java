package io.statesync.test;

import io.statesync.mutation.store.RecoverySink;
import io.statesync.mutation.store.StoredTransaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers what a storage streams while it opens. Used by the thread that opens. */
public final class RecordingSink implements RecoverySink {

    private final List<StoredTransaction> restored = new ArrayList<>();
    private final Map<@Nullable String, Throwable> damaged = new LinkedHashMap<>();

    @Override
    public void restored(StoredTransaction transaction) {
        restored.add(transaction);
    }

    @Override
    public void damaged(@Nullable String transactionId, Throwable error) {
        damaged.put(transactionId, error);
    }

    /** The active transactions, as they came. */
    public List<StoredTransaction> restored() {
        return Collections.unmodifiableList(restored);
    }

    /** Their ids, as they came. */
    public List<String> ids() {
        return restored.stream().map(StoredTransaction::id).toList();
    }

    /** What could not be read, by id. */
    public Map<@Nullable String, Throwable> damaged() {
        return Collections.unmodifiableMap(damaged);
    }
}
