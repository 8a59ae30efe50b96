package io.statesync.test;

import io.statesync.SnapshotEnvelope;
import io.statesync.SnapshotProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A replica's way to a {@link SimulatedStore}: it may be slow, uneven, broken or hanging. A snapshot is read when the call
 * begins and delivered when it ends, so a slow one is old on arrival, unless {@link #readOnDelivery} says otherwise.
 */
public final class SimulatedReader<T> implements SnapshotProvider<T> {

    private final SimulatedStore<T> store;
    private final Simulation simulation;
    private final Random random;

    /* Touched only by the thread that has the simulation's turn. */
    private final Set<Integer> failing = new HashSet<>();
    private Duration latency = Duration.ZERO;
    private Duration jitter = Duration.ZERO;
    private Duration lag = Duration.ZERO;
    private boolean broken;
    private boolean readOnDelivery;
    private @Nullable CompletableFuture<Void> hang;
    private UnaryOperator<T> transform = UnaryOperator.identity();
    private int calls;
    private int delivered;

    SimulatedReader(SimulatedStore<T> store, Simulation simulation, long seed) {
        this.store = store;
        this.simulation = simulation;
        this.random = new Random(seed);
    }

    /** How long a call takes. */
    public SimulatedReader<T> latency(Duration time) {
        latency = time;
        return this;
    }

    /** How much longer a call may take, at random. */
    public SimulatedReader<T> jitter(Duration most) {
        jitter = most;
        return this;
    }

    /** The calls with these numbers, counted from 1, fail after their latency. */
    public SimulatedReader<T> failOn(Integer... numbers) {
        failing.addAll(List.of(numbers));
        return this;
    }

    /** Every call fails, or none any more but those of {@link #failOn}. */
    public SimulatedReader<T> broken(boolean now) {
        broken = now;
        return this;
    }

    /** The next call hangs, deaf to interrupts, until the returned action is run. */
    public Runnable hangNext() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        hang = released;
        return () -> released.complete(null);
    }

    /** Snapshots are read at the end of a call instead of its beginning: they are fresh on arrival. */
    public SimulatedReader<T> readOnDelivery() {
        readOnDelivery = true;
        return this;
    }

    /** It reads from a copy of the store that lags behind by up to this much, at random: answers may go back in time. */
    public SimulatedReader<T> lag(Duration most) {
        lag = most;
        return this;
    }

    /** What happens to the data on its way. */
    public SimulatedReader<T> transform(UnaryOperator<T> newTransform) {
        transform = newTransform;
        return this;
    }

    /** How many calls have begun. */
    public int calls() {
        return calls;
    }

    /** How many calls ended with a snapshot. */
    public int delivered() {
        return delivered;
    }

    /** The data as a snapshot would carry it. */
    T view(T data) {
        return transform.apply(data);
    }

    @Override
    public SnapshotEnvelope<T> getSnapshot() throws Exception {
        int call = ++calls;
        SnapshotEnvelope<T> read = read();
        travel();
        if (broken || failing.contains(call)) {
            throw new IOException("simulated failure of call " + call);
        }
        delivered++;
        return (readOnDelivery ? read() : read).map(data -> data == null ? null : view(data));
    }

    private SnapshotEnvelope<T> read() {
        return store.snapshot(Chance.upTo(lag, random));
    }

    private void travel() throws InterruptedException {
        Duration wait = store.enter();
        CompletableFuture<Void> released = hang;
        hang = null;
        try {
            simulation.sleep(latency.plus(Chance.upTo(jitter, random)).plus(wait));
            if (released != null) {
                simulation.awaitDeaf(released);
            }
        } finally {
            store.exit();
        }
    }
}
