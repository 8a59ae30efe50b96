package io.statesync.test.simulation;

import io.statesync.OnRegression;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A machine with a replica on it: what is wrong with it, its disks, and one life of the process after the other. */
final class Replica {

    final World world;
    final int number;
    final SplittableRandom random;
    final Records records;
    final @Nullable TransactionDisk transactions;
    final @Nullable Writes writes;
    final OnRegression onRegression;
    final Trouble events;
    final Trouble fetching;
    final Trouble stale;
    final Trouble applying;
    private @Nullable ReplicaProcess process;

    Replica(World world, int number, Records records, boolean writing, SplittableRandom random) {
        this.world = world;
        this.number = number;
        this.random = random;
        this.records = records;
        this.transactions = writing ? new TransactionDisk(world.clock, random.split()) : null;
        this.writes = writing ? new Writes(this) : null;
        this.onRegression = random.nextInt(3) == 0 ? OnRegression.ACCEPT : OnRegression.IGNORE;
        this.events = new Trouble(world.clock, random.split());
        this.fetching = new Trouble(world.clock, random.split());
        this.stale = new Trouble(world.clock, random.split());
        this.applying = new Trouble(world.clock, random.split());
    }

    @Nullable
    ReplicaProcess process() {
        return process;
    }

    /** Not where that would show data that are older (P6), nor where the source is believed when it says so twice (E11). */
    boolean mayHearOldAnswers() {
        return !world.slowReads && onRegression == OnRegression.IGNORE;
    }

    void start() {
        if (process == null) {
            ReplicaProcess begun = new ReplicaProcess(this, new Life(world.clock, random.split()));
            process = begun;
            begun.begin();
        }
    }

    void crash() {
        ReplicaProcess dying = process;
        if (dying != null) {
            process = null;
            world.trace(() -> this + " crashes");
            dying.life.end();
            if (transactions != null) {
                transactions.crash();
            }
            if (writes != null) {
                writes.crashed();
            }
        }
    }

    void heal() {
        events.end();
        fetching.end();
        stale.end();
        applying.end();
        records.trouble.end();
        if (transactions != null && writes != null) {
            transactions.trouble.end();
            writes.trouble.end();
            if (transactions.failed()) {
                crash();
            }
        }
        start();
        ReplicaProcess now = process;
        if (now != null) {
            now.heal();
        }
    }

    void check() {
        ReplicaProcess now = process;
        if (now != null) {
            now.check();
        }
    }

    @Override
    public String toString() {
        return "replica " + number;
    }
}
