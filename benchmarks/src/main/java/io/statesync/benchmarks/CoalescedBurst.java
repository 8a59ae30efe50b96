package io.statesync.benchmarks;

import bench.spi.Burst;
import bench.spi.Env;
import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.memory.InMemoryTransport;
import io.statesync.state.SyncedState;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** B5: the engine as it is built by default, behind a transport that delivers on the publisher's thread. */
final class CoalescedBurst implements Burst {

    private static final String TOPIC = "burst";

    private final InMemoryTransport transport = new InMemoryTransport();
    private final SyncedState<Long> state = SyncedState.withInitial(0L);
    private @Nullable RevisionSync<Long> sync;

    @Override
    public void start(Env env, Callable<Long> fetch) {
        sync = RevisionSync.forTopic(TOPIC)
                .subscriber(transport)
                .provider(() -> envelope(fetch.call()))
                .applier(state)
                .build();
        sync.start();
    }

    private static SnapshotEnvelope<Long> envelope(long revision) {
        return new SnapshotEnvelope<>(new Revision(revision), revision);
    }

    @Override
    public void invalidate(long revision) {
        transport.publish(
                new InvalidationEvent(TOPIC, new Revision(revision), null, InvalidationEvent.NO_TIMESTAMP, null));
    }

    @Override
    public long localRevision() {
        return state.get();
    }

    @Override
    public void close() {
        if (sync != null) {
            sync.close();
        }
    }
}
