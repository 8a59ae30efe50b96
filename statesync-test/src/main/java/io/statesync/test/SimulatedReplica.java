package io.statesync.test;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.RevisionSyncBuilder;
import io.statesync.SnapshotEnvelope;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A replica of a {@link SimulatedStore} on a {@link SimulatedCluster}, which also writes to the store in its own name. */
final class SimulatedReplica {

    private final String name;
    private final Simulation simulation;
    private final SimulatedStore<Map<String, Object>> store;
    private final SimulatedLink link;
    private final SimulatedReader<Map<String, Object>> reader;
    private final RecordingApplier<Map<String, Object>> applier = new RecordingApplier<>();
    private final RecordingListener listener = new RecordingListener();
    private final RevisionSync<Map<String, Object>> sync;

    SimulatedReplica(
            String name,
            Simulation simulation,
            SimulatedStore<Map<String, Object>> store,
            SimulatedLink link,
            UnaryOperator<RevisionSyncBuilder<Map<String, Object>>> options) {
        this.name = name;
        this.simulation = simulation;
        this.store = store;
        this.link = link;
        this.reader = store.reader();
        this.sync = options.apply(RevisionSync.forTopic(store.topic())
                        .subscriber(link)
                        .provider(reader)
                        .applier(applier)
                        .executor(simulation)
                        .scheduler(simulation.scheduler())
                        .listener(listener))
                .build();
    }

    SimulatedReplica start() {
        simulation.complete(sync.startAsync());
        return this;
    }

    void stop() {
        simulation.complete(sync.stopAsync());
    }

    void close() {
        stop();
        sync.close();
    }

    /** Changes the store in this replica's name. */
    void change(UnaryOperator<Map<String, Object>> change) {
        store.update(name, change);
    }

    /** Sets one entry of the store's state. */
    void put(String key, Object value) {
        change(state -> States.with(state, key, value));
    }

    /** Adds one to the store's counter. */
    void count() {
        change(States::counted);
    }

    /** Runs with the data of each snapshot that is applied, before it counts as applied. */
    void onApply(Consumer<Map<String, Object>> reaction) {
        applier.hook(snapshot -> {
            Map<String, Object> data = snapshot.data();
            if (data != null) {
                reaction.accept(data);
            }
        });
    }

    String name() {
        return name;
    }

    RevisionSync<Map<String, Object>> sync() {
        return sync;
    }

    SimulatedLink link() {
        return link;
    }

    SimulatedReader<Map<String, Object>> reader() {
        return reader;
    }

    RecordingListener heard() {
        return listener;
    }

    SimulatedStore<Map<String, Object>> store() {
        return store;
    }

    /** How many fetches began, the first one included. */
    int fetches() {
        return reader.calls();
    }

    /** What was applied, in order. */
    List<SnapshotEnvelope<Map<String, Object>>> applied() {
        return applier.applied();
    }

    /** The revisions that were applied, in order. */
    List<Revision> revisions() {
        return applier.revisions();
    }

    /** What it holds: the data of the newest snapshot that was applied. */
    Map<String, Object> data() {
        List<SnapshotEnvelope<Map<String, Object>>> all = applied();
        Map<String, Object> data =
                all.isEmpty() ? null : all.get(all.size() - 1).data();
        return data == null ? Map.of() : data;
    }

    /** Whether it holds what the store holds, as its provider shows it. */
    boolean isCurrent() {
        return sync.localRevision().equals(store.revision()) && data().equals(reader.view(store.data()));
    }

    @Override
    public String toString() {
        return name + " with " + data() + " at " + sync.localRevision() + ", errors " + listener.errors();
    }
}
