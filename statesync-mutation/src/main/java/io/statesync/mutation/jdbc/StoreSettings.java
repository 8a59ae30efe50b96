package io.statesync.mutation.jdbc;

import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How a store is kept.
 *
 * @param name which of the stores in the database
 * @param owner this node, for messages
 * @param lease how long the store stays this node's when nothing is heard of it; zero: the file's lock says whose it is
 * @param patience how long a commit is tried again before its waiters are told that it failed
 * @param answerTimeout how long a server may take to answer before its connection counts as lost
 * @param createTables whether missing tables are created
 * @param onForce hears how long each commit took, in nanoseconds; null: nothing is measured
 */
record StoreSettings(
        String name,
        String owner,
        Duration lease,
        Duration patience,
        Duration answerTimeout,
        boolean createTables,
        Scheduler scheduler,
        InstantSource clock,
        @Nullable LongConsumer onForce) {

    boolean leased() {
        return !lease.isZero();
    }

    long leaseUntil() {
        return clock.instant().plus(lease).toEpochMilli();
    }
}
