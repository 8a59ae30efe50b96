package io.statesync.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import bench.spi.Burst;
import bench.spi.DurableLog;
import bench.spi.Env;
import bench.spi.Fanout;
import bench.spi.Footprint;
import bench.spi.LocalRead;
import bench.spi.MutableStore;
import bench.spi.MutableStore.Row;
import bench.spi.Propagation;
import bench.spi.Registry;
import bench.spi.SnapshotPath;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each participant does what its scenario says, once. Those that need a server are in {@link ParticipantServersIT}. */
class ParticipantsTest {

    @BeforeAll
    static void scratch(@TempDir Path scratch) {
        System.setProperty("bench.tmp", scratch.toString());
    }

    @Test
    void theHarnessFindsAllOfThem() {
        assertThat(Registry.names(LocalRead.class)).containsOnlyKeys("statesync-state", "statesync-map");
        assertThat(Registry.names(Propagation.class)).containsOnlyKeys("statesync-redis");
        assertThat(Registry.names(Fanout.class)).containsOnlyKeys("statesync-stomp");
        assertThat(Registry.names(SnapshotPath.class)).containsOnlyKeys("statesync");
        assertThat(Registry.names(Burst.class)).containsOnlyKeys("statesync");
        assertThat(Registry.names(Footprint.class)).containsOnlyKeys("statesync");
        assertThat(Registry.names(MutableStore.class)).containsOnlyKeys("statesync-collection");
        assertThat(Registry.names(DurableLog.class)).containsOnlyKeys("statesync-sqlite", "statesync-postgresql");
    }

    @Test
    void aReadGivesTheEntry() throws Exception {
        try (Env env = new Env();
                LocalRead state = Registry.create(LocalRead.class, "statesync-state");
                LocalRead map = Registry.create(LocalRead.class, "statesync-map")) {
            state.start(env);
            map.start(env);
            assertThat(state.read("any")).isEqualTo(LocalRead.item(7));
            assertThat(map.read(LocalRead.key(999))).isEqualTo(LocalRead.item(999));
        }
    }

    /** The source is held until all 10,000 were sent: what came while one fetch ran costs one more. */
    @Test
    void tenThousandInvalidationsDuringOneFetchCostOneMore() throws Exception {
        AtomicLong truth = new AtomicLong(1);
        AtomicInteger fetches = new AtomicInteger();
        AtomicInteger running = new AtomicInteger();
        Set<Integer> atOnce = java.util.concurrent.ConcurrentHashMap.newKeySet();
        CountDownLatch fetching = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        try (Env env = new Env();
                Burst burst = Registry.create(Burst.class, "statesync")) {
            burst.start(env, () -> {
                atOnce.add(running.incrementAndGet());
                long revision = truth.get();
                if (fetches.incrementAndGet() == 2) {
                    fetching.countDown();
                    sent.await();
                }
                running.decrementAndGet();
                return revision;
            });
            burst.invalidate(truth.incrementAndGet());
            fetching.await();
            for (int i = 0; i < 10_000; i++) {
                burst.invalidate(truth.incrementAndGet());
            }
            sent.countDown();
            Awaitility.await().until(() -> burst.localRevision() == truth.get());
        }
        // the start's, the one that was held, and one for all that came meanwhile
        assertThat(fetches).hasValue(3);
        assertThat(atOnce).containsExactly(1);
    }

    @Test
    void tenThousandTopicsWithTheDefaultsCostNoThreadEach() throws Exception {
        int before = Thread.activeCount();
        try (Env env = new Env();
                ManyTopics topics = (ManyTopics) Registry.create(Footprint.class, "statesync")) {
            topics.start(env);
            topics.fill(10_000);
            assertThat(topics.read(9_999)).isEqualTo(LocalRead.item(9_999));
            assertThat(Thread.activeCount() - before).isLessThan(100);
        }
    }

    @Test
    void aWriteIsSeenAboveWhatIsSynced() throws Exception {
        try (Env env = new Env();
                MutableStore store = Registry.create(MutableStore.class, "statesync-collection")) {
            store.start(env, 1_000);
            assertThat(store.updateAndRead(5, 77)).isEqualTo(new Row(5, "row-5", 77));
            store.pend(0, -1);
            store.sync(new Row[] {new Row(0, "synced", 8), new Row(1, "synced", 9)});
            assertThat(store.read(0).n()).isEqualTo(-1);
            assertThat(store.read(1)).isEqualTo(new Row(1, "synced", 9));
            store.snapshot(IntStream.range(0, 1_000)
                    .mapToObj(id -> new Row(id, "whole", id + 5_000_000L))
                    .toArray(Row[]::new));
            assertThat(store.read(0).n()).isEqualTo(-1);
            assertThat(store.read(5)).isEqualTo(new Row(5, "whole", 5_000_005));
        }
    }

    @Test
    void anAppendIsInTheFileWhenItReturns() throws Exception {
        try (Env env = new Env();
                DurableLog log = Registry.create(DurableLog.class, "statesync-sqlite")) {
            log.start(env);
            log.append(new byte[200]);
            assertThat(log.durable()).isTrue();
            assertThat(env.tmp().resolve("transactions.db-wal")).isNotEmptyFile();
        }
    }
}
