package io.statesync.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.RefreshCause;
import io.statesync.RefreshReport;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncListener;
import io.statesync.memory.InMemoryTransport;
import io.statesync.policy.RefreshPool;
import io.statesync.policy.Scheduler;
import io.statesync.policy.Throttling;
import io.statesync.state.SyncedState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that share a directory. */
@Timeout(120)
class SiblingsTest {

    private static final List<String> SMALL =
            List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx64m", "-XX:+UseSerialGC");
    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final int SIBLINGS = 10;

    @TempDir
    private Path directory;

    private ChildJvm sibling() throws Exception {
        ChildJvm sibling = ChildJvm.running(SiblingProcess.class, SMALL, directory);
        assertThat(sibling.line()).isEqualTo("ready");
        return sibling;
    }

    @Test
    @DisplayName("PX-12: what one process applies the other takes without a fetch; a clear in one holds for both")
    void whatOneProcessAppliesTheOtherTakes() throws Exception {
        FileSnapshotStorage storage = FileSnapshotStorage.in(directory.resolve("records"));
        SnapshotPersistence<String> persistence = SnapshotPersistence.forTopic(SiblingProcess.TOPIC)
                .storage(storage)
                .codec(new LineCodec())
                .throttling(Throttling.debounce(Duration.ofHours(1)))
                .build();
        SyncedState<String> state = SyncedState.create();
        AtomicInteger fetches = new AtomicInteger();
        List<RefreshReport> rounds = new CopyOnWriteArrayList<>();
        RevisionSync<String> sync = RevisionSync.forTopic(SiblingProcess.TOPIC)
                .subscriber(new InMemoryTransport())
                .provider(() -> {
                    fetches.incrementAndGet();
                    return new SnapshotEnvelope<>(new Revision(1), "state 1");
                })
                .applier(persistence.around(state))
                .listener(new SyncListener() {
                    @Override
                    public void onRefreshEnded(RefreshReport report) {
                        rounds.add(report);
                    }
                })
                .build();
        StorageWatch watch = storage.watch(INTERVAL, Scheduler.system(), RefreshPool.shared());
        try (ChildJvm sibling = sibling()) {
            sync.start();
            persistence.follow(watch, sync);
            sibling.say("7");
            assertThat(sibling.line()).isEqualTo("saved 7");

            await().until(() -> sync.localRevision().equals(new Revision(7)));
            assertThat(state.get()).isEqualTo("state 7");
            assertThat(fetches).hasValue(1);
            await().until(() -> rounds.stream().anyMatch(it -> it.cause() == RefreshCause.OFFER));

            sibling.say("5");
            assertThat(sibling.line()).as("refused by the storage").isEqualTo("saved 5");
            sync.offer(new SnapshotEnvelope<>(new Revision(7), "late")).join();
            persistence.around(state).apply(new SnapshotEnvelope<>(new Revision(6), "pending"));
            sibling.say("clear");
            assertThat(sibling.line()).isEqualTo("cleared");
            persistence.close();
            assertThat(storage.load(SiblingProcess.TOPIC)).as("the tombstone").isPresent();
            assertThat(SiblingProcess.over(storage).load().join()).isEmpty();
            assertThat(state.get()).as("what is applied stays").isNotNull();
        } finally {
            sync.close();
            watch.close();
        }
    }

    @Test
    @DisplayName("PX-12: ten processes that start together make one fetch, and all are confirmed at what it brought")
    void tenProcessesThatStartTogetherMakeOneFetch() throws Exception {
        List<ChildJvm> siblings = new ArrayList<>();
        try {
            for (int i = 0; i < SIBLINGS; i++) {
                siblings.add(ChildJvm.running(SiblingProcess.class, SMALL, directory));
            }
            for (ChildJvm sibling : siblings) {
                assertThat(sibling.line()).isEqualTo("ready");
            }
            for (ChildJvm sibling : siblings) {
                sibling.say("fetch");
            }
            for (ChildJvm sibling : siblings) {
                assertThat(sibling.line()).isEqualTo("at " + SiblingProcess.CURRENT);
            }
            assertThat(Files.readAllLines(directory.resolve("fetches"))).hasSize(1);
        } finally {
            siblings.forEach(ChildJvm::close);
        }
    }

    @Test
    @DisplayName("PX-12: a sibling that dies while it fetches does not keep the others waiting")
    void aSiblingThatDiesWhileItFetches() throws Exception {
        FileSnapshotStorage storage = FileSnapshotStorage.in(directory.resolve("records"));
        try (ChildJvm fetching = sibling()) {
            fetching.say("fetch");
            await().until(() -> Files.exists(directory.resolve("fetches")));
            assertThat(storage.tryLock(SiblingProcess.TOPIC)).isEmpty();

            fetching.kill();

            await().until(() -> storage.tryLock(SiblingProcess.TOPIC)
                    .map(lock -> {
                        lock.close();
                        return true;
                    })
                    .orElse(false));
        }
    }
}
