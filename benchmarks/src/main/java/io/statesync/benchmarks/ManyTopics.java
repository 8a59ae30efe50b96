package io.statesync.benchmarks;

import bench.spi.Env;
import bench.spi.Footprint;
import bench.spi.LocalRead;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.memory.InMemoryTransport;
import io.statesync.state.SyncedState;
import java.util.ArrayList;
import java.util.List;

/** B6: a started {@link RevisionSync} and a {@link SyncedState} for each topic, all with the defaults. */
final class ManyTopics implements Footprint {

    private final InMemoryTransport transport = new InMemoryTransport();
    private final List<RevisionSync<?>> syncs = new ArrayList<>();
    private final List<SyncedState<LocalRead.Item>> states = new ArrayList<>();

    @Override
    public void start(Env env) {
        open(0);
        syncs.remove(0).close();
        states.clear();
    }

    @Override
    public void fill(int topics) {
        for (int i = 0; i < topics; i++) {
            open(i);
        }
    }

    private void open(int number) {
        SyncedState<LocalRead.Item> state = SyncedState.create();
        RevisionSync<LocalRead.Item> sync = RevisionSync.forTopic(LocalRead.key(number))
                .subscriber(transport)
                .provider(() -> new SnapshotEnvelope<>(new Revision(1), LocalRead.item(number)))
                .applier(state)
                .build();
        sync.start();
        syncs.add(sync);
        states.add(state);
    }

    /** The value that a topic's reader sees. */
    LocalRead.Item read(int number) {
        return states.get(number).get();
    }

    @Override
    public void close() {
        syncs.forEach(RevisionSync::close);
    }
}
