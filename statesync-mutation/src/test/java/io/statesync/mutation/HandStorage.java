package io.statesync.mutation;

import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.Recovery;
import io.statesync.mutation.store.RecoverySink;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.StoreHealth;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.mutation.store.TransactionStorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** A log whose disk a test moves by hand: what is behind {@link #durableTo} is lost in a crash. Used by one thread. */
final class HandStorage implements TransactionStorage {

    final List<StoreEvent> log = new ArrayList<>();
    private final TransactionStorage state;
    private final TreeMap<Long, List<CompletableFuture<Void>>> waiters = new TreeMap<>();
    private long durable;
    private boolean atOnce;
    boolean bytes;
    TransactionStorageException unopenable;
    final List<Throwable> damage = new ArrayList<>();
    boolean closed;

    private HandStorage(TransactionStorage state, boolean atOnce) {
        this.state = state;
        this.atOnce = atOnce;
    }

    /** Nothing is durable before the test says so. */
    static HandStorage slow() {
        return new HandStorage(TransactionStorage.memory(), false);
    }

    /** Everything is durable at once. */
    static HandStorage quick() {
        return new HandStorage(TransactionStorage.memory(), true);
    }

    /** As the process would find it, had it died when so many records were written. */
    HandStorage afterCrash(int records) {
        HandStorage next = quick();
        log.subList(0, records).forEach(next::append);
        next.log.clear();
        next.bytes = bytes;
        return next;
    }

    /** All that was appended is on disk. */
    void force() {
        durable = log.size();
        List<CompletableFuture<Void>> told = new ArrayList<>();
        waiters.headMap(durable, true).values().forEach(told::addAll);
        waiters.headMap(durable, true).clear();
        told.forEach(waiter -> waiter.complete(null));
    }

    /** Nothing will be on disk any more. */
    void breakDown(Throwable error) {
        List<CompletableFuture<Void>> told = new ArrayList<>();
        waiters.values().forEach(told::addAll);
        waiters.clear();
        told.forEach(waiter -> waiter.completeExceptionally(error));
    }

    /** The kinds of what was appended. */
    List<String> kinds() {
        return log.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    @Override
    public boolean keepsBytes() {
        return bytes;
    }

    @Override
    public Recovery open(RecoverySink sink) throws TransactionStorageException {
        if (unopenable != null) {
            throw unopenable;
        }
        damage.forEach(error -> sink.damaged(null, error));
        return state.open(sink);
    }

    @Override
    public long append(StoreEvent event) {
        log.add(event);
        state.append(event);
        if (atOnce) {
            durable = log.size();
        }
        return log.size();
    }

    @Override
    public CompletionStage<Void> durable(long position) {
        if (position <= durable) {
            return CompletableFuture.completedStage(null);
        }
        CompletableFuture<Void> waiter = new CompletableFuture<>();
        waiters.computeIfAbsent(position, first -> new ArrayList<>()).add(waiter);
        return waiter;
    }

    @Override
    public Stream<StoredTransaction> history(Query query) {
        return state.history(query);
    }

    Map<String, StoredTransaction> byId() {
        Map<String, StoredTransaction> all = new TreeMap<>();
        state.history(Query.ALL).forEach(stored -> all.put(stored.id(), stored));
        return all;
    }

    @Override
    public long prune(Query query) {
        return state.prune(query);
    }

    @Override
    public StoreHealth health() {
        return new StoreHealth(true, null, log.size() - durable);
    }

    @Override
    public void close() {
        closed = true;
    }
}
