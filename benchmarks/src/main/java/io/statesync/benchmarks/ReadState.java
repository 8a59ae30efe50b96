package io.statesync.benchmarks;

import bench.spi.Env;
import bench.spi.LocalRead;
import io.statesync.RevisionSync;
import io.statesync.memory.InMemorySource;
import io.statesync.memory.InMemoryTransport;
import io.statesync.state.SyncedState;

/** B1: {@link SyncedState#get} of a topic that is live. */
final class ReadState implements LocalRead {

    private final SyncedState<Item> state = SyncedState.create();
    private final InMemoryTransport transport = new InMemoryTransport();
    private final RevisionSync<Item> sync = RevisionSync.forTopic("item")
            .subscriber(transport)
            .provider(new InMemorySource<>("item", LocalRead.item(7), transport))
            .applier(state)
            .build();

    @Override
    public void start(Env env) {
        sync.start();
    }

    @Override
    public Object read(String key) {
        return state.get();
    }

    @Override
    public void close() {
        sync.close();
    }
}
