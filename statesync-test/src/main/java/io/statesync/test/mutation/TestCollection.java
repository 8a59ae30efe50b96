package io.statesync.test.mutation;

import io.statesync.SyncErrorContext;
import io.statesync.mutation.SyncConfig;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.TransactionEvent;
import io.statesync.mutation.Transactions;
import java.util.Collection;
import java.util.List;

/** A collection under test; see {@link MutationTestKit}. Used by one thread. */
public final class TestCollection<K, T> implements AutoCloseable {

    private final Bench bench;
    private final SyncConfig<K, T> config;
    private final SyncControl<K, T> control;

    TestCollection(Bench bench, SyncConfig<K, T> config, SyncControl<K, T> control) {
        this.bench = bench;
        this.config = config;
        this.control = control;
    }

    /** The collection. After {@link #restart} another one: what was had before belongs to the process that died. */
    public SyncedCollection<K, T> collection() {
        return bench.life().collections.open(config);
    }

    /** All transactions, also of other collections on the same engine. */
    public Transactions transactions() {
        return bench.life().collections.transactions();
    }

    /** Its backend and its sync. */
    public SyncControl<K, T> syncControl() {
        return control;
    }

    /** The time, of this process and the next. */
    public TestClock clock() {
        return bench.clock;
    }

    /** The disk, and what may go wrong with it. */
    public StorageFaults faults() {
        return bench.faults;
    }

    /** One more collection on the same engine: a transaction may span both, and they crash together. */
    public <L, U> TestCollection<L, U> beside(Collection<U> initialData, SyncConfig<L, U> sync) {
        return bench.add(initialData, sync);
    }

    /** Does all that is to be done at this moment, until nothing is left but what waits for time or for the test. */
    public void runUntilIdle() {
        bench.runUntilIdle();
    }

    /** The transitions that listeners were told of, over all lives of the process. */
    public List<TransactionEvent> events() {
        return List.copyOf(bench.events);
    }

    /** The failures that were reported, over all lives of the process. */
    public List<SyncErrorContext> errors() {
        return List.copyOf(bench.errors);
    }

    /**
     * The process dies at this moment: what was not done is not done, and the storage keeps what is on disk. Until
     * {@link #restart} the collection stands still.
     */
    public void crash() {
        bench.crash(bench.disk.forced());
    }

    /**
     * The process dies, and the storage is as it was when it had so many records: a crash at that earlier moment. The
     * backend keeps what it was told since then.
     *
     * @param records 0 to {@link StorageFaults#records}
     */
    public void crashAfter(int records) {
        bench.crash(records);
    }

    /** The process starts anew on what the storage has kept; a process that still runs is crashed before. */
    public void restart() {
        bench.restart();
    }

    /** Ends the engine in order. */
    @Override
    public void close() {
        bench.life().collections.close();
    }
}
