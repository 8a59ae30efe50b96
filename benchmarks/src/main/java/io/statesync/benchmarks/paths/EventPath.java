package io.statesync.benchmarks.paths;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationHandler;
import io.statesync.InvalidationSubscriber;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.Subscription;
import io.statesync.policy.RefreshPool;
import io.statesync.state.SyncedState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a transport's thread pays for an event, by what becomes of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // by the set-up
public class EventPath implements InvalidationSubscriber, Subscription {

    private static final long LOCAL = 1_800_000_000_000L << 20;
    private static final int NEWER = 1 << 10;

    private final String stale = new Revision(LOCAL - 1).toString();
    private final String[] newer = new String[NEWER];
    private InvalidationHandler engine;
    private RevisionSync<String> sync;
    private int next;

    @Setup
    public void start() {
        for (int i = 0; i < NEWER; i++) {
            newer[i] = new Revision(LOCAL + 1 + i).toString();
        }
        // once it has started, a fetch begins and never ends: what is newer joins what waits for it
        boolean[] started = {false};
        sync = RevisionSync.forTopic("prices")
                .subscriber(this)
                .provider(() -> new SnapshotEnvelope<>(new Revision(LOCAL), "data"))
                .applier(SyncedState.<String>create())
                .executor(task -> {
                    if (!started[0]) {
                        RefreshPool.shared().execute(task);
                    }
                })
                .build();
        sync.start();
        started[0] = true;
        engine.onInvalidation("prices", newer[0], null, InvalidationEvent.NO_TIMESTAMP, null);
    }

    @TearDown
    public void forget() {
        sync.stopAsync();
    }

    @Override
    public Subscription subscribe(String topic, InvalidationHandler handler) {
        engine = handler;
        return this;
    }

    @Override
    public CompletionStage<Void> active() {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void close() {}

    @Benchmark
    public void stale() {
        engine.onInvalidation("prices", stale, "source-1", 1_700_000_000_000L, null);
    }

    @Benchmark
    public void foreign() {
        engine.onInvalidation("price-list", stale, "source-1", 1_700_000_000_000L, null);
    }

    /** Reported to no listener: what a flood of garbage costs the transport. */
    @Benchmark
    public void malformed() {
        engine.onInvalidation("prices", "007", "source-1", 1_700_000_000_000L, null);
    }

    /** While a fetch runs, which is where floods meet. */
    @Benchmark
    public void accepted() {
        engine.onInvalidation("prices", newer[next++ & NEWER - 1], "source-1", 1_700_000_000_000L, null);
    }
}
