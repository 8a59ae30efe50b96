package io.statesync.test;

import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.RevisionProbe;
import io.statesync.RevisionSyncBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Everything that an end-to-end case needs, in one {@link Simulation}: a {@link SimulatedBus} over a transport, stores by
 * topic, and their replicas. The replicas have the core's defaults: no catch-up, no throttling, and no probe.
 */
public final class SimulatedCluster implements AutoCloseable {

    static final Duration PROBE_INTERVAL = RevisionProbe.DEFAULT_INTERVAL;

    private static final String TOPIC = "shared-state";
    private static final long SEED = 42;

    private final Simulation simulation = new Simulation();
    private final SimulatedBus bus;
    private final UnaryOperator<Map<String, Object>> copy;
    private final Map<String, SimulatedStore<Map<String, Object>>> stores = new LinkedHashMap<>();
    private final List<SimulatedReplica> replicas = new ArrayList<>();
    private final List<RevisionProbe> probes = new ArrayList<>();

    /**
     * @param subscriber the receiving half of a transport that delivers on the publisher's thread
     * @param publisher its sending half
     * @param copy a deep copy of JSON-like data (maps, lists, texts, numbers), best made through JSON
     */
    public SimulatedCluster(
            InvalidationSubscriber subscriber,
            InvalidationPublisher publisher,
            UnaryOperator<Map<String, Object>> copy) {
        this.bus = new SimulatedBus(simulation.scheduler(), SEED, subscriber, publisher);
        this.copy = copy;
    }

    SimulatedBus bus() {
        return bus;
    }

    Simulation simulation() {
        return simulation;
    }

    SimulatedStore<Map<String, Object>> store() {
        return store(TOPIC);
    }

    SimulatedStore<Map<String, Object>> store(String topic) {
        return stores.computeIfAbsent(
                topic,
                name -> new SimulatedStore<>(name, States.initial(), simulation, bus, copy, SEED + stores.size()));
    }

    /** A replica of the shared store, not started. */
    SimulatedReplica replica(String name) {
        return replica(name, store());
    }

    SimulatedReplica replica(String name, SimulatedStore<Map<String, Object>> store) {
        return replica(name, store, UnaryOperator.identity());
    }

    /** A replica that a probe of its own asks for every half minute. */
    SimulatedReplica probed(String name) {
        RevisionProbe probe =
                new RevisionProbe(store(), PROBE_INTERVAL, simulation.scheduler(), simulation, outcome -> {});
        probes.add(probe);
        return replica(name, store(), builder -> builder.probe(probe));
    }

    private SimulatedReplica replica(
            String name,
            SimulatedStore<Map<String, Object>> store,
            UnaryOperator<RevisionSyncBuilder<Map<String, Object>>> options) {
        SimulatedReplica replica = new SimulatedReplica(name, simulation, store, bus.link(), options);
        replicas.add(replica);
        return replica;
    }

    /** Lets so many milliseconds pass. */
    void pass(long millis) {
        simulation.run(Duration.ofMillis(millis));
    }

    /** Lets time pass until the replicas hold what their stores hold. */
    void converge(Duration patience, SimulatedReplica... those) {
        Supplier<List<SimulatedReplica>> late = () ->
                List.of(those).stream().filter(replica -> !replica.isCurrent()).toList();
        try {
            simulation.until("replicas converge", () -> late.get().isEmpty(), patience);
        } catch (AssertionError e) {
            throw new AssertionError(
                    "not on " + store().data() + " at " + store().revision() + " after " + patience + ": " + late.get(),
                    e);
        }
    }

    /** What the tasks of the simulation threw: the engine lets nothing escape, so there is nothing. */
    List<Throwable> failures() {
        return simulation.failures();
    }

    @Override
    public void close() {
        probes.forEach(RevisionProbe::close);
        for (SimulatedReplica replica : replicas) {
            simulation.complete(replica.sync().stopAsync());
        }
        simulation.close();
    }
}
