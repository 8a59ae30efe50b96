package io.statesync.mutation;

import io.statesync.mutation.store.TransactionStorage;
import io.statesync.policy.Durations;
import io.statesync.policy.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds {@link SyncedCollections}. Everything has a default; the storage's forgets with the process. Not thread-safe. */
public final class SyncedCollectionsBuilder {

    TransactionStorage storage = TransactionStorage.memory();
    Scheduler scheduler = Scheduler.system();
    InstantSource clock = Clock.systemUTC();

    @Nullable
    Executor executor;

    @Nullable
    Executor callbackExecutor;

    @Nullable
    Supplier<String> ids;

    MutationRetry retry = MutationRetry.DEFAULT;
    Duration attemptTimeout = Duration.ofSeconds(60);
    Duration awaitSyncTimeout = Duration.ofSeconds(10);
    AwaitSyncFailure awaitSyncFailure = AwaitSyncFailure.COMPLETE_UNCONFIRMED;
    Duration drainTimeout = Duration.ofSeconds(10);

    @Nullable
    MutationTimings timings;

    int maxConcurrentPersists = 64;
    int maxInterruptions = 3;
    int historyCached = 1000;
    ConnectivityGate connectivity = ConnectivityGate.OPEN;
    final List<TransactionListener> listeners = new ArrayList<>();
    final List<FailureHandler> failureHandlers = new ArrayList<>();

    SyncedCollectionsBuilder() {}

    /** Where transactions are kept. Closed with what is built. */
    public SyncedCollectionsBuilder storage(TransactionStorage newStorage) {
        storage = newStorage;
        return this;
    }

    /** The source of time for delays and time-outs. */
    public SyncedCollectionsBuilder scheduler(Scheduler newScheduler) {
        scheduler = newScheduler;
        return this;
    }

    /** The source of dates. */
    public SyncedCollectionsBuilder clock(InstantSource newClock) {
        clock = newClock;
        return this;
    }

    /** Where mutation functions and setups are called; by default virtual threads, or a bounded pool where there are none. */
    public SyncedCollectionsBuilder executor(Executor newExecutor) {
        executor = newExecutor;
        return this;
    }

    /** Where listeners are called, stages complete, and time-outs are dealt with. */
    public SyncedCollectionsBuilder callbackExecutor(Executor newExecutor) {
        callbackExecutor = newExecutor;
        return this;
    }

    /** Where the ids of transactions come from: unique for ever. Called by whoever mutates, under no lock. */
    public SyncedCollectionsBuilder ids(Supplier<String> newIds) {
        ids = newIds;
        return this;
    }

    /** How often and when transactions are tried again, where their collection does not say. */
    public SyncedCollectionsBuilder retry(MutationRetry newRetry) {
        retry = newRetry;
        return this;
    }

    /** How long an attempt may take (MU-R9); zero: for ever. */
    public SyncedCollectionsBuilder attemptTimeout(Duration limit) {
        attemptTimeout = Durations.notNegative("attemptTimeout", limit);
        return this;
    }

    /** How long sync may take to confirm a transaction (MU-S6). */
    public SyncedCollectionsBuilder awaitSyncTimeout(Duration limit) {
        awaitSyncTimeout = Durations.positive("awaitSyncTimeout", limit);
        return this;
    }

    /** What becomes of a transaction that sync does not confirm (MU-S6). */
    public SyncedCollectionsBuilder awaitSyncFailure(AwaitSyncFailure policy) {
        awaitSyncFailure = policy;
        return this;
    }

    /** How many attempts may run at once; the others wait, the oldest first. */
    public SyncedCollectionsBuilder maxConcurrentPersists(int limit) {
        maxConcurrentPersists = positive("maxConcurrentPersists", limit);
        return this;
    }

    /** How often in a row the process may end during an attempt before the transaction fails (MU-D7). */
    public SyncedCollectionsBuilder maxInterruptions(int limit) {
        maxInterruptions = positive("maxInterruptions", limit);
        return this;
    }

    /** How many terminal transactions are kept in the heap beside the storage; a cache only. */
    public SyncedCollectionsBuilder historyCached(int count) {
        historyCached = positive("historyCached", count);
        return this;
    }

    /** Says whether the backend can be reached (MU-R10). */
    public SyncedCollectionsBuilder connectivity(ConnectivityGate gate) {
        connectivity = gate;
        return this;
    }

    /** How long {@link SyncedCollections#close} waits for attempts that run. */
    public SyncedCollectionsBuilder drainTimeout(Duration limit) {
        drainTimeout = Durations.notNegative("drainTimeout", limit);
        return this;
    }

    /** Hears of everything from the start, recovery included. */
    public SyncedCollectionsBuilder listener(TransactionListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Hears how long mutations and steps take; nothing is measured without one. */
    public SyncedCollectionsBuilder timings(MutationTimings newTimings) {
        timings = newTimings;
        return this;
    }

    /** Takes the transactions that failed for good. */
    public SyncedCollectionsBuilder failureHandler(FailureHandler handler) {
        failureHandlers.add(handler);
        return this;
    }

    /** Builds them; nothing begins before {@link SyncedCollections#start}. */
    public SyncedCollections build() {
        return new OpenCollections(this);
    }

    private static int positive(String setting, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(setting + " must be at least 1, got " + value);
        }
        return value;
    }
}
