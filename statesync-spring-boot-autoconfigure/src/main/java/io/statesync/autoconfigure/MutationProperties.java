package io.statesync.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Optimistic transactions.
 *
 * @param strategy Whether transactions on the same row wait for each other.
 * @param lane What ordered transactions queue on: their rows alone, or the whole collection.
 * @param retry How often and when a transaction that failed is tried again.
 * @param attemptTimeout How long one call of a mutation handler may take; 0 for no limit.
 * @param awaitSyncTimeout How long sync may take to confirm a transaction.
 * @param awaitSyncFailure What becomes of a transaction that sync does not confirm in time.
 * @param maxConcurrentPersists How many mutation handlers run at once; further transactions wait, the oldest first.
 * @param storage Where transactions are kept: "jdbc", which survives the process, or "memory".
 * @param dataSource Name of the DataSource bean whose database keeps the transactions; by default an embedded SQLite file.
 * @param directory Directory of the embedded file, which is created if it is missing.
 * @param storeName Name of this instance's transactions in a database that several instances share; each needs its own.
 * @param secondProcess What to do when the storage belongs to another process, which has its file or renews its lease.
 * @param history What is remembered of transactions that ended.
 * @param recovery How transactions of a former life of the process are taken up.
 * @param shutdown How the engine ends.
 * @param ageAlarm How old the oldest active transaction may be before health is down.
 * @param events Whether each transition is published as an application event.
 * @param showValues Whether the Actuator endpoint shows keys, rows, changes and metadata.
 */
record MutationProperties(
        @DefaultValue("ordered") Strategy strategy,
        @DefaultValue("object") QueueLane lane,
        @DefaultValue MutationProperties.Retry retry,
        @DefaultValue("60s") Duration attemptTimeout,
        @DefaultValue("10s") Duration awaitSyncTimeout,
        @DefaultValue("complete-unconfirmed") Unconfirmed awaitSyncFailure,
        @DefaultValue("64") int maxConcurrentPersists,
        @DefaultValue("jdbc") Storage storage,
        @Nullable String dataSource,
        @DefaultValue("statesync-data") String directory,
        @DefaultValue("default") String storeName,
        @DefaultValue("memory-with-alarm") SecondProcess secondProcess,
        @DefaultValue MutationProperties.History history,
        @DefaultValue MutationProperties.Recovery recovery,
        @DefaultValue MutationProperties.Shutdown shutdown,
        @DefaultValue("5m") Duration ageAlarm,
        @DefaultValue("false") boolean events,
        @DefaultValue("false") boolean showValues) {

    /**
     * The back-off of a transaction: exponential, with additive jitter.
     *
     * @param initial Delay before the first retry.
     * @param multiplier By how much the delay grows with each retry.
     * @param jitter Largest share of the delay that is added to it.
     * @param max Longest delay, without jitter.
     * @param maxAttempts How often a transaction is tried, the first attempt included.
     */
    record Retry(
            @DefaultValue("1s") Duration initial,
            @DefaultValue("2") double multiplier,
            @DefaultValue("0.3") double jitter,
            @DefaultValue("30s") Duration max,
            @DefaultValue("5") int maxAttempts) {}

    /**
     * What is remembered of transactions that ended.
     *
     * @param cached How many of them are kept in the heap; the storage keeps all.
     */
    record History(@DefaultValue("1000") int cached) {}

    /**
     * How transactions of a former life of the process are taken up.
     *
     * @param maxInterruptions How often in a row the process may end during an attempt before the transaction fails.
     * @param orphanAlarm How long a transaction may wait for its collection or handler to be registered before health is down.
     */
    record Recovery(
            @DefaultValue("3") int maxInterruptions,
            @DefaultValue("1m") Duration orphanAlarm) {}

    /**
     * How the engine ends.
     *
     * @param drainTimeout How long a stop waits for mutation handlers that run, before it interrupts them.
     */
    record Shutdown(@DefaultValue("10s") Duration drainTimeout) {}

    /** As {@code MutationStrategy}, which is not always on the class path. */
    enum Strategy {
        ORDERED,
        PARALLEL
    }

    /** As {@code Lane}. */
    enum QueueLane {
        OBJECT,
        COLLECTION
    }

    /** As {@code AwaitSyncFailure}. */
    enum Unconfirmed {
        COMPLETE_UNCONFIRMED,
        FAIL
    }

    /** Where transactions are kept. */
    enum Storage {
        JDBC,
        MEMORY
    }

    /** What a process does that cannot have its storage. */
    enum SecondProcess {
        MEMORY_WITH_ALARM,
        FAIL
    }
}
