package io.statesync.benchmarks;

import bench.spi.Env;
import bench.spi.LocalRead;
import io.statesync.RevisionSync;
import io.statesync.memory.InMemorySource;
import io.statesync.memory.InMemoryTransport;
import io.statesync.state.SyncedMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** B1: {@link SyncedMap#get} of a topic that is live. */
final class ReadMap implements LocalRead {

    private final SyncedMap<String, Item> map = SyncedMap.create();
    private final InMemoryTransport transport = new InMemoryTransport();
    private final RevisionSync<Map<String, Item>> sync = RevisionSync.forTopic("items")
            .subscriber(transport)
            .provider(new InMemorySource<>("items", LocalRead.items(), transport))
            .applier(map)
            .build();

    @Override
    public void start(Env env) {
        sync.start();
    }

    @Override
    public @Nullable Object read(String key) {
        return map.get(key);
    }

    @Override
    public void close() {
        sync.close();
    }
}
