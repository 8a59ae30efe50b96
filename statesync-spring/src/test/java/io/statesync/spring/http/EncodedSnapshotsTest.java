package io.statesync.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionReader;
import io.statesync.SnapshotEnvelope;
import io.statesync.SnapshotProvider;
import io.statesync.memory.InMemorySource;
import io.statesync.policy.Scheduler;
import io.statesync.source.SourceProvider;
import io.statesync.spring.ExposedTopic;
import io.statesync.spring.SnapshotSizes;
import io.statesync.spring.json.SnapshotCodec;
import io.statesync.test.ManualScheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class EncodedSnapshotsTest {

    private static final SnapshotCodec CODEC = new SnapshotCodec(JsonMapper.shared());

    private final ManualScheduler time = new ManualScheduler();
    private final EncodedSnapshots snapshots =
            new EncodedSnapshots(CODEC, 40, new BoundedWait(time, Duration.ofSeconds(5)), SnapshotSizes.NONE);

    private final AtomicReference<Revision> revision = new AtomicReference<>(new Revision(1));
    private final RevisionReader revisions = topics -> Map.of("prices", revision.get());

    /** Counts how often it is written as JSON. */
    public static final class Counted {
        final AtomicInteger written = new AtomicInteger();

        public int getValue() {
            return written.incrementAndGet();
        }
    }

    @Test
    @DisplayName("Each revision is read and serialised once, however many ask at the same time")
    void eachRevisionIsReadAndSerialisedOnce() throws Exception {
        Counted data = new Counted();
        AtomicInteger reads = new AtomicInteger();
        ExposedTopic topic = new ExposedTopic("prices", revisions, () -> {
            reads.incrementAndGet();
            return new SnapshotEnvelope<>(revision.get(), data);
        });
        for (int round = 1; round <= 50; round++) {
            Revision now = new Revision(round);
            revision.set(now);
            CyclicBarrier together = new CyclicBarrier(16);
            List<CompletableFuture<EncodedSnapshot>> askers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                askers.add(ask(topic, together));
            }
            EncodedSnapshot first = askers.get(0).join();
            assertThat(askers).allSatisfy(asker -> assertThat(asker.join()).isSameAs(first));
            assertThat(first.revision()).isEqualTo(now);
        }

        assertThat(reads).hasValue(50);
        assertThat(data.written).hasValue(50);
    }

    @Test
    void thoseWhoComeDuringAReadingShareIt() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        ExposedTopic topic = new ExposedTopic("prices", revisions, held(release, reads));
        CompletableFuture<EncodedSnapshot> leader = ask(topic);
        await().until(() -> reads.get() == 1);
        List<CompletableFuture<EncodedSnapshot>> joiners = List.of(ask(topic), ask(topic), ask(topic));
        await().until(() -> time.pendingTimers() == 3);

        release.countDown();

        assertThat(joiners).allSatisfy(joiner -> assertThat(joiner.join()).isSameAs(leader.join()));
        assertThat(reads).hasValue(1);
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    @DisplayName("P6: a request that has seen a newer revision is never served with a reading of before")
    void aReadingOfBeforeIsNotServedToWhoSawANewerRevision() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        ExposedTopic topic = new ExposedTopic("prices", revisions, held(release, reads));
        CompletableFuture<EncodedSnapshot> before = ask(topic);
        await().until(() -> reads.get() == 1);

        revision.set(new Revision(2));
        List<CompletableFuture<EncodedSnapshot>> after = List.of(ask(topic), ask(topic));
        await().until(() -> time.pendingTimers() == 2);
        release.countDown();

        assertThat(before.join().revision()).isEqualTo(new Revision(1));
        assertThat(after)
                .allSatisfy(asker -> assertThat(asker.join().revision()).isEqualTo(new Revision(2)));
        assertThat(reads).hasValue(2);
    }

    @Test
    @DisplayName("P6: a source that went back is served as it is")
    void aSourceThatWentBackIsServedAsItIs() throws Exception {
        ExposedTopic topic = new ExposedTopic(
                "prices",
                revisions,
                () -> new SnapshotEnvelope<>(revision.get(), revision.get().bits()));
        revision.set(new Revision(100));
        assertThat(snapshots.get(topic).revision()).isEqualTo(new Revision(100));

        revision.set(new Revision(3));

        assertThat(snapshots.get(topic).revision()).isEqualTo(new Revision(3));
    }

    @Test
    void aFailureIsSharedAndForgotten() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        ExposedTopic topic = new ExposedTopic("prices", revisions, () -> {
            if (reads.incrementAndGet() == 1) {
                release.await();
                throw new IOException("the database is away");
            }
            return new SnapshotEnvelope<>(revision.get(), "back");
        });
        CompletableFuture<EncodedSnapshot> leader = ask(topic);
        await().until(() -> reads.get() == 1);
        CompletableFuture<EncodedSnapshot> joiner = ask(topic);
        await().until(() -> time.pendingTimers() == 1);
        release.countDown();

        assertThatThrownBy(leader::join).rootCause().hasMessage("the database is away");
        assertThatThrownBy(joiner::join).rootCause().hasMessage("the database is away");
        assertThat(reads).hasValue(1);
        assertThat(snapshots.get(topic).revision()).isEqualTo(new Revision(1));
    }

    @Test
    void nobodyWaitsForAHangingSourceForEver() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        ExposedTopic topic = new ExposedTopic("prices", revisions, held(release, reads));
        CompletableFuture<EncodedSnapshot> leader = ask(topic);
        await().until(() -> reads.get() == 1);
        CompletableFuture<EncodedSnapshot> joiner = ask(topic);
        await().until(() -> time.pendingTimers() == 1);

        time.advance(Duration.ofSeconds(5));

        assertThatThrownBy(joiner::join).hasCauseInstanceOf(TurnedAway.class);
        assertThat(leader).isNotDone();
        release.countDown();
        leader.join();
    }

    @Test
    void onlySoManyWaitForASlowSource() throws Exception {
        EncodedSnapshots narrow =
                new EncodedSnapshots(CODEC, 1, new BoundedWait(time, Duration.ofSeconds(5)), SnapshotSizes.NONE);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        ExposedTopic topic = new ExposedTopic("prices", revisions, held(release, reads));
        CompletableFuture<EncodedSnapshot> leader =
                CompletableFuture.supplyAsync(() -> get(narrow, topic), ownThread());
        await().until(() -> reads.get() == 1);
        CompletableFuture<EncodedSnapshot> joiner =
                CompletableFuture.supplyAsync(() -> get(narrow, topic), ownThread());
        await().until(() -> time.pendingTimers() == 1);

        assertThatThrownBy(() -> narrow.get(topic)).isInstanceOf(TurnedAway.class);

        release.countDown();
        assertThat(joiner.join()).isSameAs(leader.join());
    }

    @Test
    @DisplayName("P6: no label is newer than its data while a writer runs at full speed")
    void noLabelIsNewerThanItsDataUnderLoad() throws Exception {
        InMemorySource<Long> truth = new InMemorySource<>("prices", 1L, event -> {});
        ExposedTopic topic = new ExposedTopic("prices", truth, new SourceProvider<>("prices", truth, truth::get));
        EncodedSnapshots real = new EncodedSnapshots(
                CODEC, 100, new BoundedWait(Scheduler.system(), Duration.ofSeconds(30)), SnapshotSizes.NONE);
        CountDownLatch readersDone = new CountDownLatch(8);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(
                () -> {
                    // the value is the revision under which it becomes known
                    for (long next = 2; readersDone.getCount() > 0; next++) {
                        truth.set(next);
                    }
                },
                ownThread());
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            readers.add(CompletableFuture.runAsync(
                    () -> {
                        try {
                            for (int round = 0; round < 500; round++) {
                                Revision seen = get(truth);
                                assertConsistent(get(real, topic), seen);
                            }
                        } finally {
                            readersDone.countDown();
                        }
                    },
                    ownThread()));
        }
        readers.forEach(CompletableFuture::join);
        writer.join();
    }

    private static void assertConsistent(EncodedSnapshot snapshot, Revision seenBefore) {
        String json = new String(snapshot.plain().bytes(), StandardCharsets.UTF_8);
        long data = Long.parseLong(json.replaceAll(".*\"data\":([0-9]+)}", "$1"));
        assertThat(data).isGreaterThanOrEqualTo(snapshot.revision().bits());
        assertThat(seenBefore.isNewerThan(snapshot.revision()))
                .as("a request that began at %s was served %s", seenBefore, snapshot.revision())
                .isFalse();
    }

    private static Revision get(RevisionReader reader) {
        try {
            return reader.current(List.of("prices")).get("prices");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads the revision, and answers with it when released. */
    private SnapshotProvider<String> held(CountDownLatch release, AtomicInteger reads) {
        return () -> {
            Revision read = revision.get();
            reads.incrementAndGet();
            release.await();
            return new SnapshotEnvelope<>(read, "state " + read);
        };
    }

    private CompletableFuture<EncodedSnapshot> ask(ExposedTopic topic) {
        return CompletableFuture.supplyAsync(() -> get(snapshots, topic), ownThread());
    }

    private CompletableFuture<EncodedSnapshot> ask(ExposedTopic topic, CyclicBarrier together) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        together.await();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return get(snapshots, topic);
                },
                ownThread());
    }

    private static EncodedSnapshot get(EncodedSnapshots from, ExposedTopic topic) {
        try {
            return from.get(topic);
        } catch (SourceUnreadable | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Executor ownThread() {
        return task -> new Thread(task).start();
    }
}
