package io.statesync.benchmarks.paths;

import bench.spi.Data;
import bench.spi.LocalRead;
import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.memory.InMemoryTransport;
import io.statesync.source.RevisionCounter;
import io.statesync.source.StatePublisher;
import io.statesync.spring.json.InvalidationCodec;
import io.statesync.spring.json.SnapshotCodec;
import io.statesync.state.SyncedMap;
import io.statesync.state.SyncedState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.json.JsonMapper;

/** The steps of a change: announced, encoded, read, applied. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DataPath {

    private final StatePublisher publisher =
            StatePublisher.of(RevisionCounter.sequential(), new InMemoryTransport(), "source-1");
    private final InvalidationCodec events = new InvalidationCodec();
    private final InvalidationEvent event = new InvalidationEvent(
            "prices", new Revision(1_800_000_000_000L << 20), "source-1", 1_700_000_000_000L, null);
    private final byte[] encodedEvent = events.encode(event);
    private final SnapshotCodec snapshots = new SnapshotCodec(JsonMapper.shared());
    private final SnapshotEnvelope<Data.Snapshot> small = new SnapshotEnvelope<>(new Revision(42), Data.make("10k"));
    private final byte[] encodedSmall = snapshots.encode(small);
    private final SyncedState<Data.Snapshot> state = SyncedState.create();
    private final SyncedMap<String, LocalRead.Item> map = SyncedMap.create();
    private final SnapshotEnvelope<Map<String, LocalRead.Item>> entries =
            new SnapshotEnvelope<>(new Revision(42), LocalRead.items());

    /** A revision is issued and announced to nobody. */
    @Benchmark
    public Object publish() {
        return publisher.invalidate("prices");
    }

    @Benchmark
    public Object encodeEvent() {
        return events.encode(event);
    }

    @Benchmark
    public Object decodeEvent() {
        return events.decode(encodedEvent);
    }

    /** A snapshot of 10 KB. */
    @Benchmark
    public Object encode10k() {
        return snapshots.encode(small);
    }

    /** A snapshot of 10 KB. */
    @Benchmark
    public Object decode10k() throws IOException {
        return snapshots.decode(new ByteArrayInputStream(encodedSmall), Data.Snapshot.class);
    }

    /** To a container of one value. */
    @Benchmark
    public void applyState() {
        state.apply(small);
    }

    /** To a map of 1,000 entries. */
    @Benchmark
    public void applyMap1000() {
        map.apply(entries);
    }
}
