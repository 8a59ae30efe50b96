package io.statesync.concurrency;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.memory.InMemoryTransport;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A topic whose rounds run on the thread that causes them, so that the actors are all the threads there are. Notes what must
 * never happen: two applies at a time, an older one after a newer one, a value with another's revision, one after the stop.
 */
final class Replica {

    static final String FINE = "fine";

    final InMemoryTransport transport = new InMemoryTransport();
    final AtomicLong truth = new AtomicLong(1);
    final RevisionSync<Long> sync = RevisionSync.forTopic("raced")
            .subscriber(transport)
            .provider(this::read)
            .applier(this::apply)
            .scheduler(new NoTime())
            .executor(Runnable::run)
            .build();

    /** Set by whoever has seen a stop return, before anything else is done. */
    volatile boolean quiet;

    volatile String verdict = FINE;

    private final AtomicInteger applying = new AtomicInteger();

    /** Written inside {@link #apply}, one at a time (E8): that it is plain is part of the test. */
    private long applied;

    static Replica started() {
        Replica replica = new Replica();
        replica.sync.start();
        return replica;
    }

    private SnapshotEnvelope<Long> read() {
        long now = truth.get();
        return new SnapshotEnvelope<>(new Revision(now), now);
    }

    private void apply(SnapshotEnvelope<Long> snapshot) {
        note(applying.incrementAndGet() == 1, "two applies at a time");
        note(!quiet, "an apply after the stop");
        note(snapshot.revision().bits() == snapshot.data(), "mixed");
        note(snapshot.data() > applied, "an older one after a newer one");
        applied = snapshot.data();
        note(!quiet, "an apply goes on after the stop");
        applying.decrementAndGet();
    }

    private void note(boolean holds, String otherwise) {
        if (!holds) {
            verdict = otherwise;
        }
    }

    /** A writer: data first, then the announcement (P6). */
    void write(long revision) {
        truth.accumulateAndGet(revision, Math::max);
        transport.publish(InvalidationEvent.of("raced", new Revision(revision)));
        forgetInterrupt();
    }

    void stop() {
        sync.stop();
        quiet = true;
        forgetInterrupt();
    }

    /** A stop interrupts a fetch of another thread, which is an actor's here: jcstress must not find the flag. */
    static void forgetInterrupt() {
        Thread.interrupted();
    }

    long local() {
        return sync.localRevision().bits();
    }

    String verdict() {
        return verdict;
    }
}
