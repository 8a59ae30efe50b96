package io.statesync.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.SnapshotProvider;
import io.statesync.SyncState;
import io.statesync.persistence.InMemorySnapshotStorage;
import io.statesync.persistence.Migrations;
import io.statesync.persistence.RecordBytes;
import io.statesync.persistence.RecordVersion;
import io.statesync.persistence.SnapshotPersistence;
import io.statesync.persistence.SnapshotStorage;
import io.statesync.policy.Throttling;
import io.statesync.spring.json.JsonPersistedFormat;
import io.statesync.test.GatedProvider;
import io.statesync.test.HandSubscriber;
import io.statesync.test.ManualExecutor;
import io.statesync.test.ManualScheduler;
import io.statesync.test.RecordingApplier;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The start and the stop of a topic that is persisted; the threads of its storage are in the test's hand. */
class PersistedSyncTest {

    private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration SHORT_FETCH_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final ManualExecutor storageThreads = new ManualExecutor();
    private final HandSubscriber events = HandSubscriber.confirming();
    private final GatedProvider<Object> source = GatedProvider.at(5, "five");
    private final RecordingApplier<Object> applier = new RecordingApplier<>();
    private final FullStorage storage = new FullStorage();

    private final PersistedTopic topic = topic(PersistedStorage.of(storage), FETCH_TIMEOUT);
    private final PersistedSync sync = new PersistedSync(
            RevisionSync.forTopic("prices")
                    .subscriber(events)
                    .provider(source)
                    .applier(topic.around(applier))
                    .scheduler(scheduler)
                    .executor(Runnable::run)
                    .build(),
            topic);

    private PersistedTopic topic(PersistedStorage persisted, Duration fetchTimeout) {
        SnapshotPersistence<Object> persistence = SnapshotPersistence.forTopic("prices")
                .storage(storage)
                .codec(new JsonPersistedFormat(JsonMapper.shared()).codec(String.class, Migrations.none(1)))
                .throttling(Throttling.throttle(Duration.ofSeconds(1)))
                .executor(storageThreads)
                .scheduler(scheduler)
                .closeTimeout(CLOSE_TIMEOUT)
                .build();
        PersistenceSettings settings = new PersistenceSettings(
                "statesync.topics.prices.persistence",
                true,
                "memory",
                Throttling.NONE,
                "none",
                IntegrityCheck.CRC32C,
                null,
                null,
                false);
        return new PersistedTopic(persistence, settings, persisted, scheduler, fetchTimeout, CLOSE_TIMEOUT);
    }

    @Test
    void restoresBeforeItSubscribes() throws Exception {
        keep(3, "three");

        CompletableFuture<Void> started = sync.startAsync();
        assertThat(events.open()).isZero();
        assertThat(applier.applied()).isEmpty();
        storageThreads.runAll();

        assertThat(started).isCompleted();
        assertThat(applier.revisions()).containsExactly(new Revision(3), new Revision(5));
        assertThat(topic.restored()).isCompleted();
        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
    }

    @Test
    void aStorageThatHangsDoesNotKeepTheTopicFromItsSource() {
        CompletableFuture<Void> started = sync.startAsync();

        scheduler.advance(FETCH_TIMEOUT);

        assertThat(started).isCompleted();
        assertThat(applier.revisions()).containsExactly(new Revision(5));
        storageThreads.runAll();
        assertThat(applier.revisions()).containsExactly(new Revision(5));
    }

    @Test
    void aStopDuringTheRestoreOutlivesIt() throws Exception {
        keep(3, "three");
        CompletableFuture<Void> started = sync.startAsync();

        CompletableFuture<Void> stopped = sync.stopAsync();

        assertThat(stopped).isCompleted();
        assertThat(started.handle((done, error) -> error).join()).isInstanceOf(CancellationException.class);
        storageThreads.runAll();
        assertThat(events.open()).isZero();
        assertThat(sync.status().state()).isEqualTo(SyncState.STOPPED);
    }

    @Test
    void aTopicThatWasStoppedBeforeItHadDataRestoresWhenItStartsAgain() throws Exception {
        keep(3, "three");
        sync.startAsync();
        sync.stopAsync();
        storageThreads.runAll();
        assertThat(topic.restored()).as("nothing is served").isNotDone();

        source.failNext(new IOException("the source is down"));
        sync.startAsync();
        storageThreads.runAll();

        assertThat(applier.revisions()).containsExactly(new Revision(3));
        assertThat(topic.restored()).isCompleted();
    }

    @Test
    void aSiblingThatHangsLeavesTimeForAFetch() {
        CompletableFuture<Object> fetched = new CompletableFuture<>();
        Thread fetching = new Thread(() -> {
            try {
                fetched.complete(shared().getSnapshot());
            } catch (Exception e) {
                fetched.completeExceptionally(e);
            }
        });
        fetching.start();

        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            if (scheduler.pendingTimers() > 0) {
                scheduler.advance(Duration.ofMillis(50));
            }
            return fetched.isDone();
        });

        assertThat(fetched).isCompletedWithValue(new SnapshotEnvelope<>(new Revision(5), "five"));
        assertThat(scheduler.now()).isLessThan(SHORT_FETCH_TIMEOUT.toNanos());
    }

    private SnapshotProvider<Object> shared() {
        PersistedStorage ofHangingSibling = new PersistedStorage(storage, it -> Optional.empty(), null);
        return topic(ofHangingSibling, SHORT_FETCH_TIMEOUT).shared(source.unconditional(), topics -> Map.of());
    }

    @Test
    void callersOfAStartThatRestoresShareItsOutcome() {
        CompletableFuture<Void> first = sync.startAsync();
        CompletableFuture<Void> second = sync.startAsync();

        storageThreads.runAll();

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(events.open()).isOne();
        assertThat(source.calls()).isOne();
    }

    @Test
    void aStopSavesWhatIsPendingAndASecondStartRestoresNothing() throws Exception {
        start();
        assertThat(topic.pending()).isFalse();
        source.answer(6, "six");
        sync.refresh();
        assertThat(topic.pending()).as("held back by the throttle").isTrue();

        CompletableFuture<Void> stopped = sync.stopAsync();
        assertThat(stopped).isNotDone();
        storageThreads.runAll();

        assertThat(stopped).isCompleted();
        assertThat(topic.pending()).isFalse();
        assertThat(topic.statistics().savedRevision()).isEqualTo(new Revision(6));
        assertThat(sync.startAsync()).isCompleted();
        assertThat(topic.statistics().loads()).isZero();
    }

    @Test
    void aStorageThatHangsHoldsOneStopForItsTimeAndNoSecondOne() {
        start();
        source.answer(6, "six");
        sync.refresh();
        CompletableFuture<Void> stopped = sync.stopAsync();
        assertThat(stopped).isNotDone();

        scheduler.advance(CLOSE_TIMEOUT);

        assertThat(stopped).isCompleted();
        assertThat(sync.stopAsync()).isCompleted();
    }

    @Test
    void aDiskThatIsFullHarmsNeitherTheStartNorTheStop() {
        storage.full = true;
        start();
        assertThat(sync.status().state()).isEqualTo(SyncState.LIVE);
        assertThat(topic.statistics().saveErrors()).isPositive();

        CompletableFuture<Void> stopped = sync.stopAsync();
        storageThreads.runAll();

        assertThat(stopped).isCompleted();
        assertThat(topic.pending()).isTrue();
    }

    private void start() {
        CompletableFuture<Void> started = sync.startAsync();
        storageThreads.runAll();
        assertThat(started).isCompleted();
    }

    /** What a former application has left. */
    private void keep(long revision, String data) throws Exception {
        SnapshotPersistence<Object> former = SnapshotPersistence.forTopic("prices")
                .storage(storage)
                .codec(new JsonPersistedFormat(JsonMapper.shared()).codec(String.class, Migrations.none(1)))
                .executor(Runnable::run)
                .scheduler(scheduler)
                .build();
        former.around(snapshot -> {}).apply(new SnapshotEnvelope<>(new Revision(revision), data));
        former.close();
    }

    private static final class FullStorage implements SnapshotStorage {

        private final InMemorySnapshotStorage storage = new InMemorySnapshotStorage();
        private volatile boolean full;

        @Override
        public Optional<RecordBytes> load(String topic) {
            return storage.load(topic);
        }

        @Override
        public boolean save(String topic, RecordVersion version, RecordBytes record) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            return storage.save(topic, version, record);
        }

        @Override
        public String setAside(String topic, RecordBytes unreadable) {
            return storage.setAside(topic, unreadable);
        }
    }
}
