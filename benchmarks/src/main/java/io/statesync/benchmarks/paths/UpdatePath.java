package io.statesync.benchmarks.paths;

import bench.spi.Env;
import bench.spi.MutableStore.Row;
import io.statesync.benchmarks.CollectionStore;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;

/**
 * An optimistic update up to the read that sees it, without the rest of the transaction's life: what the caller waits for.
 * Each invocation makes 1,000 of them, on rows of their own, above so many that are pending already, and takes them back
 * when its time is stopped. What is allocated is that of the taking back, too.
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

    private final CollectionStore store = CollectionStore.create();

    @Setup
    public void fill() {
        store.start(new Env(), rows);
        for (int i = 0; i < pending; i++) {
            store.pend((i * 7919) % rows, -1);
        }
    }

    @TearDown(Level.Invocation)
    public void takeBack() {
        store.takeBack();
    }

    @Benchmark
    @OperationsPerInvocation(UPDATES)
    public long updateAndRead() {
        long sum = 0;
        for (int i = 0; i < UPDATES; i++) {
            int id = (int) ((i * 104_729L) % rows);
            store.pendForNow(id, i);
            Row seen = Objects.requireNonNull(store.read(id));
            sum += seen.n();
        }
        return sum;
    }
}
