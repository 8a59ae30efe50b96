package io.statesync.test.mutation;

import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.Recovery;
import io.statesync.mutation.store.RecoverySink;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.StoreHealth;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.mutation.store.TransactionStorageException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** The disk as one life of the process sees it: after its end nothing is written, and nothing is answered. */
final class MortalStorage implements TransactionStorage {

    private final Life life;
    private final RecordedDisk disk;
    private final TransactionStorage state = TransactionStorage.memory();

    MortalStorage(Life life, RecordedDisk disk) {
        this.life = life;
        this.disk = disk;
    }

    @Override
    public boolean keepsBytes() {
        return false;
    }

    @Override
    public Recovery open(RecoverySink sink) throws TransactionStorageException {
        int torn = disk.opened(sink);
        disk.records().forEach(state::append);
        Recovery recovery = state.open(sink);
        return new Recovery(recovery.lastSequence(), recovery.restored(), torn);
    }

    @Override
    public long append(StoreEvent event) {
        if (!life.alive()) {
            return 0;
        }
        state.append(event);
        return disk.append(event);
    }

    @Override
    public CompletionStage<Void> durable(long position) {
        return life.alive() ? disk.durable(position) : new CompletableFuture<>();
    }

    @Override
    public Stream<StoredTransaction> history(Query query) {
        return state.history(query);
    }

    @Override
    public long prune(Query query) {
        long pruned = state.prune(query);
        disk.prune(state.history(Query.ALL).map(StoredTransaction::id).toList());
        return pruned;
    }

    @Override
    public StoreHealth health() {
        return disk.health();
    }

    @Override
    public void close() {
        // the disk outlives the process
    }
}
