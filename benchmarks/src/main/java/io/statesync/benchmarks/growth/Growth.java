package io.statesync.benchmarks.growth;

import bench.spi.Env;
import bench.spi.MutableStore;
import bench.spi.Registry;
import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.memory.InMemorySource;
import io.statesync.memory.InMemoryTransport;
import io.statesync.spring.json.SnapshotCodec;
import io.statesync.state.SyncedState;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** B9. Prints a Markdown table; the unit is ns for each event, replica, byte, or update. */
public final class Growth {

    private static final int[] TOPICS = {1, 10, 100, 1_000, 10_000};
    private static final int[] REPLICAS = {1, 10, 100, 1_000};
    private static final int[] KILOBYTES = {1, 10, 100, 1_000, 10_000, 50_000};
    private static final int[] PENDING = {0, 100, 1_000, 10_000};
    private static final int ROWS = 100_000;

    private Growth() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("| curve | size | ns median | min..max | x of the first |\n|---|---:|---:|---:|---:|");
        Curve.print("stale events of one topic, by topics", TOPICS, null, topics -> staleEvent(topics, 1));
        Curve.print(
                "stale events of all topics in turn, by topics", TOPICS, null, topics -> staleEvent(topics, topics));
        Curve.print("accepted event until applied, by topics", TOPICS, null, Growth::change);
        Curve.print("a change at one replica, by replicas", REPLICAS, null, Growth::replicas);
        Double first = null;
        for (int kilobytes : KILOBYTES) {
            // one after the other: the large ones side by side would need the heap of all
            first = Curve.print("a KB encoded and decoded, by KB", new int[] {kilobytes}, first, Growth::payload);
        }
        Curve.print("update and end, 100,000 rows, by pending", PENDING, null, Growth::pending);
        System.out.println("java " + Runtime.version());
        System.exit(0);
    }

    private static List<RevisionSync<String>> open(int topics, InMemoryTransport transport, long[] revision) {
        List<RevisionSync<String>> syncs = new ArrayList<>();
        for (int i = 0; i < topics; i++) {
            RevisionSync<String> sync = RevisionSync.forTopic("topic-" + i)
                    .subscriber(transport)
                    .provider(() -> new SnapshotEnvelope<>(new Revision(revision[0]), "data"))
                    .applier(SyncedState.<String>create())
                    .build();
            sync.start();
            syncs.add(sync);
        }
        return syncs;
    }

    /** With one topic it is what finding it costs; with all in turn, what it costs that they do not fit into a cache. */
    private static Curve.Point staleEvent(int topics, int spoken) {
        InMemoryTransport transport = new InMemoryTransport();
        open(topics, transport, new long[] {7});
        InvalidationEvent[] events = new InvalidationEvent[spoken];
        for (int i = 0; i < spoken; i++) {
            events[i] = event(i, 7);
        }
        int[] next = {0};
        return () -> {
            transport.publish(events[next[0]++ % spoken]);
            return 1;
        };
    }

    private static InvalidationEvent event(int topic, long revision) {
        return new InvalidationEvent(
                "topic-" + topic, new Revision(revision), null, InvalidationEvent.NO_TIMESTAMP, null);
    }

    private static Curve.Point change(int topics) {
        InMemoryTransport transport = new InMemoryTransport();
        long[] revision = {7};
        List<RevisionSync<String>> syncs = open(topics, transport, revision);
        return () -> {
            int topic = (int) (++revision[0] % topics);
            transport.publish(event(topic, revision[0]));
            syncs.get(topic).await(new Revision(revision[0])).join();
            return 1;
        };
    }

    private static Curve.Point replicas(int replicas) {
        InMemoryTransport transport = new InMemoryTransport();
        InMemorySource<String> source = new InMemorySource<>("topic", "data", transport);
        List<RevisionSync<String>> syncs = new ArrayList<>();
        for (int i = 0; i < replicas; i++) {
            RevisionSync<String> sync = RevisionSync.forTopic("topic")
                    .subscriber(transport)
                    .provider(source)
                    .applier(SyncedState.<String>create())
                    .build();
            sync.start();
            syncs.add(sync);
        }
        return () -> {
            Revision changed = source.set("data");
            syncs.forEach(sync -> sync.await(changed).join());
            return replicas;
        };
    }

    private static Curve.Point payload(int kilobytes) {
        SnapshotCodec codec = new SnapshotCodec(JsonMapper.shared());
        SnapshotEnvelope<String> snapshot = new SnapshotEnvelope<>(new Revision(7), "x".repeat(kilobytes * 1_000));
        return () -> {
            codec.decode(new ByteArrayInputStream(codec.encode(snapshot)), String.class);
            return kilobytes;
        };
    }

    private static Curve.Point pending(int pending) throws Exception {
        MutableStore store = Registry.create(MutableStore.class, "statesync-collection");
        store.start(new Env(), ROWS);
        for (int i = 0; i < pending; i++) {
            store.pend(i, -1);
        }
        int[] next = {0};
        return () -> {
            store.updateAndRead(pending + (int) (next[0]++ * 7919L % (ROWS - pending)), next[0]);
            return 1;
        };
    }
}
