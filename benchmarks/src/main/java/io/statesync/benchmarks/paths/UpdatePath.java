package io.statesync.benchmarks.paths;

import bench.spi.Env;
import bench.spi.MutableStore;
import bench.spi.MutableStore.Row;
import io.statesync.benchmarks.CollectionStore;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * An optimistic update up to the read that sees it, without the rest of the transaction's life: what the caller waits for.
 * Each invocation makes 1,000 of them, on rows of their own, above so many that are pending already. What is allocated is
 * that of the preparation too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UpdatePath {

    private static final int UPDATES = 1_000;

    @Param({"1000", "10000", "100000"})
    public int rows;

    @Param({"0", "10000"})
    public int pending;

    private final Env env = new Env();
    private @Nullable MutableStore store;

    /** A fresh collection each time: nothing of the invocation before is pending. */
    @Setup(Level.Invocation)
    public void fill() throws Exception {
        if (store != null) {
            store.close();
        }
        MutableStore fresh = CollectionStore.withoutBackend();
        fresh.start(env, rows);
        for (int i = 0; i < pending; i++) {
            fresh.pend((i * 7919) % rows, -1);
        }
        store = fresh;
    }

    @Benchmark
    @OperationsPerInvocation(UPDATES)
    public long updateAndRead() {
        MutableStore current = Objects.requireNonNull(store);
        long sum = 0;
        for (int i = 0; i < UPDATES; i++) {
            int id = (int) ((i * 104_729L) % rows);
            current.pend(id, i);
            Row seen = current.read(id);
            sum += seen.n();
        }
        return sum;
    }
}
