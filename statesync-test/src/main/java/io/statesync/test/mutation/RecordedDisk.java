package io.statesync.test.mutation;

import io.statesync.mutation.store.RecoverySink;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.StoreHealth;
import io.statesync.mutation.store.TransactionStorageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A log of records, that a test may slow down, break and tear. Used by one thread. */
final class RecordedDisk {

    private final List<StoreEvent> records = new ArrayList<>();
    private final TreeMap<Long, List<CompletableFuture<Void>>> waiters = new TreeMap<>();
    private long position;
    private int forced;
    private long forcedPosition;
    private int torn;

    /** What is told by {@link StorageFaults}. */
    boolean slow;

    int tear;

    @Nullable
    Throwable appendFault;

    @Nullable
    Throwable forceFault;

    @Nullable
    Throwable openFault;

    List<StoreEvent> records() {
        return records;
    }

    /** How many records are on disk. */
    int forced() {
        return forced;
    }

    int opened(RecoverySink sink) throws TransactionStorageException {
        if (openFault != null) {
            throw new TransactionStorageException("the disk was told to refuse", openFault);
        }
        for (int i = 0; i < torn; i++) {
            sink.damaged(null, new IllegalStateException("a record was torn when the process died"));
        }
        int damaged = torn;
        torn = 0;
        return damaged;
    }

    long append(StoreEvent event) {
        position++;
        if (appendFault == null) {
            records.add(event);
            if (!slow && forceFault == null) {
                force();
            }
        }
        return position;
    }

    CompletionStage<Void> durable(long wanted) {
        Throwable fault = appendFault != null ? appendFault : forceFault;
        if (wanted <= forcedPosition) {
            return CompletableFuture.completedStage(null);
        }
        if (fault != null) {
            return CompletableFuture.failedStage(fault);
        }
        CompletableFuture<Void> waiter = new CompletableFuture<>();
        waiters.computeIfAbsent(wanted, first -> new ArrayList<>()).add(waiter);
        return waiter;
    }

    /** All that was written is on disk. */
    void force() {
        forced = records.size();
        forcedPosition = position;
        take(forcedPosition).forEach(waiter -> waiter.complete(null));
    }

    /** All that waits for the disk is told that it waits in vain. */
    void fail(Throwable fault) {
        take(position).forEach(waiter -> waiter.completeExceptionally(fault));
    }

    private List<CompletableFuture<Void>> take(long upTo) {
        if (waiters.isEmpty()) {
            return List.of();
        }
        List<CompletableFuture<Void>> taken = new ArrayList<>();
        waiters.headMap(upTo, true).values().forEach(taken::addAll);
        waiters.headMap(upTo, true).clear();
        return taken;
    }

    /** The process died when so many records were written; those that are torn are not there. */
    void crash(int kept) {
        if (kept < 0 || kept > records.size()) {
            throw new IllegalArgumentException("there are " + records.size() + " records, not " + kept);
        }
        torn = Math.min(tear, kept);
        tear = 0;
        records.subList(kept - torn, records.size()).clear();
        waiters.clear();
        force();
    }

    void prune(Collection<String> left) {
        Set<String> ids = new HashSet<>(left);
        records.removeIf(record -> record instanceof StoreEvent.Created created
                && !ids.contains(created.transaction().id()));
        forced = Math.min(forced, records.size());
    }

    StoreHealth health() {
        Throwable fault = appendFault != null ? appendFault : forceFault;
        return new StoreHealth(fault == null, fault == null ? null : fault.toString(), position - forcedPosition);
    }
}
