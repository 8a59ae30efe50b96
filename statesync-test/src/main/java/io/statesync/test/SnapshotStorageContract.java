package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.persistence.RecordBytes;
import io.statesync.persistence.RecordVersion;
import io.statesync.persistence.SnapshotStorage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every storage of records promises: the newest of each topic, whole, whoever writes. */
@Timeout(120)
public abstract class SnapshotStorageContract {

    private static final String TOPIC = "price-list";
    private static final int WRITERS = 4;

    /** Opens the store of this test, which is empty at first; each call gives another instance on the same store. */
    protected abstract SnapshotStorage open() throws Exception;

    /** How large a record may be; 50 MB unless a test environment is too small for that. */
    protected int largest() {
        return 50 * 1024 * 1024;
    }

    /** How many records each of four writers saves in a race; fewer for a store over a connection. */
    protected int rounds() {
        return 100;
    }

    @Test
    void aTopicWithoutARecordHasNone() throws Exception {
        assertThat(open().load(TOPIC)).isEmpty();
    }

    @Test
    void aRecordComesBackAsItWasSaved() throws Exception {
        SnapshotStorage storage = open();
        byte[] bytes = new byte[1000];
        new Random(1).nextBytes(bytes);

        assertThat(storage.save(TOPIC, version(7), RecordBytes.of(bytes))).isTrue();

        assertThat(storage.load(TOPIC)).contains(RecordBytes.of(bytes));
        assertThat(open().load(TOPIC)).as("another instance").contains(RecordBytes.of(bytes));
        assertThat(storage.load("other")).isEmpty();
    }

    @Test
    void aRecordWithoutBytesComesBack() throws Exception {
        SnapshotStorage storage = open();

        storage.save(TOPIC, version(7), RecordBytes.of(new byte[0]));

        assertThat(storage.load(TOPIC)).contains(RecordBytes.of(new byte[0]));
    }

    @Test
    @DisplayName("PX-02: a storage at 9 refuses 2, also through another instance, and stays at 9")
    void anOlderRecordIsRefused() throws Exception {
        SnapshotStorage storage = open();
        SnapshotStorage sibling = open();
        assertThat(storage.save(TOPIC, version(9), record("nine"))).isTrue();

        assertThat(storage.save(TOPIC, version(2), record("two"))).isFalse();
        assertThat(sibling.save(TOPIC, version(2), record("two"))).isFalse();
        assertThat(sibling.save(TOPIC, version(9), record("another nine"))).isFalse();

        assertThat(storage.load(TOPIC)).contains(record("nine"));
        assertThat(sibling.load(TOPIC)).contains(record("nine"));
    }

    @Test
    void revisionsAreUnsigned() throws Exception {
        SnapshotStorage storage = open();
        storage.save(TOPIC, version(Long.MAX_VALUE), record("half way"));

        assertThat(storage.save(TOPIC, new RecordVersion(Revision.MAX, 1), record("the largest")))
                .isTrue();
        assertThat(storage.save(TOPIC, version(1), record("one"))).isFalse();

        assertThat(storage.load(TOPIC)).contains(record("the largest"));
    }

    @Test
    void aNewerSchemaReplacesItsOwnRevisionOnly() throws Exception {
        SnapshotStorage storage = open();
        storage.save(TOPIC, new RecordVersion(new Revision(7), 1), record("seven"));

        assertThat(storage.save(TOPIC, new RecordVersion(new Revision(6), 2), record("six, migrated")))
                .isFalse();
        assertThat(storage.save(TOPIC, new RecordVersion(new Revision(7), 2), record("seven, migrated")))
                .isTrue();
        assertThat(storage.save(TOPIC, new RecordVersion(new Revision(8), 1), record("eight")))
                .isTrue();

        assertThat(storage.load(TOPIC)).contains(record("eight"));
    }

    @Test
    void aTombstoneStandsAgainstEverythingUpToItsRevision() throws Exception {
        SnapshotStorage storage = open();
        storage.save(TOPIC, version(7), record("seven"));

        assertThat(storage.save(TOPIC, RecordVersion.tombstone(new Revision(7)), record("cleared")))
                .isTrue();
        assertThat(storage.save(TOPIC, version(6), record("six"))).isFalse();
        assertThat(storage.save(TOPIC, new RecordVersion(new Revision(7), 1000), record("seven")))
                .isFalse();
        assertThat(storage.load(TOPIC)).contains(record("cleared"));

        assertThat(storage.save(TOPIC, version(8), record("eight"))).isTrue();
        assertThat(storage.load(TOPIC)).contains(record("eight"));
    }

    @Test
    void whatIsSetAsideIsGoneAndAnyVersionMayFollow() throws Exception {
        SnapshotStorage storage = open();
        storage.save(TOPIC, version(9), record("damaged"));

        assertThat(storage.setAside(TOPIC, record("damaged"))).isNotBlank();

        assertThat(storage.load(TOPIC)).isEmpty();
        assertThat(open().load(TOPIC)).isEmpty();
        assertThat(storage.save(TOPIC, version(2), record("two"))).isTrue();
        assertThat(storage.load(TOPIC)).contains(record("two"));
    }

    @Test
    void whatCameMeanwhileIsNotSetAside() throws Exception {
        SnapshotStorage storage = open();
        storage.save(TOPIC, version(9), record("damaged"));
        open().save(TOPIC, version(10), record("a sibling's"));

        storage.setAside(TOPIC, record("damaged"));
        assertThat(storage.load(TOPIC)).contains(record("a sibling's"));

        storage.setAside("other", record("nothing"));
        assertThat(storage.load("other")).isEmpty();
    }

    @Test
    void theSameDamageTwiceIsSetAsideTwice() throws Exception {
        SnapshotStorage storage = open();
        for (int round = 0; round < 15; round++) {
            storage.save(TOPIC, version(9), record("damaged " + round % 12));
            storage.setAside(TOPIC, record("damaged " + round % 12));

            assertThat(storage.load(TOPIC)).isEmpty();
        }
    }

    @Test
    @DisplayName("PX-06: hostile names of topics are kept apart, and load back")
    void hostileNamesAreKeptApart() throws Exception {
        SnapshotStorage storage = open();
        Map<String, RecordBytes> records = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(List.of(
                "../../etc/passwd",
                "a/b",
                "a\\b",
                "a",
                "A",
                "CON",
                "con",
                "nul.txt",
                "COM1",
                "..",
                ".",
                "x.",
                "a~2fb"));
        names.addAll(List.of("\ud83d\ude80".repeat(255), "\ud83d\ude80".repeat(254), "A".repeat(255), "a".repeat(255)));
        names.addAll(List.of("a b", "a%b", "a'b", "a\"b;--", "*", "?", "{a}", "k:v", "\u00e4", "a\u0308", "-rf", "~"));
        for (String name : names) {
            records.put(name, record("of " + name));
        }

        for (Map.Entry<String, RecordBytes> each : records.entrySet()) {
            assertThat(storage.save(each.getKey(), version(7), each.getValue()))
                    .as(each.getKey())
                    .isTrue();
        }

        SnapshotStorage sibling = open();
        for (Map.Entry<String, RecordBytes> each : records.entrySet()) {
            assertThat(sibling.load(each.getKey())).as(each.getKey()).contains(each.getValue());
        }
        storage.setAside("a", record("of a"));
        assertThat(storage.load("A")).contains(record("of A"));
    }

    @Test
    @DisplayName("PX-13: a record of 50 MB comes back")
    void aLargeRecordComesBack() throws Exception {
        byte[] bytes = new byte[largest()];
        new Random(1).nextBytes(bytes);
        RecordBytes large = RecordBytes.of(bytes);
        SnapshotStorage storage = open();

        assertThat(storage.save(TOPIC, version(7), large)).isTrue();

        Optional<RecordBytes> back = storage.load(TOPIC);
        assertThat(back.orElseThrow().size()).isEqualTo(bytes.length);
        assertThat(back.orElseThrow().equals(large)).isTrue();
    }

    @Test
    void writersThatRaceLeaveTheNewestAndReadersSeeNoMix() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger next = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(WRITERS + 1);
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            SnapshotStorage storage = open();
            writers.add(running(together, () -> {
                for (int round = 0; round < rounds(); round++) {
                    int revision = next.incrementAndGet();
                    storage.save(TOPIC, version(revision), large(revision));
                }
            }));
        }
        SnapshotStorage reading = open();
        CompletableFuture<Void> reader = running(together, () -> {
            int last = 0;
            while (!done.get()) {
                Optional<RecordBytes> seen = reading.load(TOPIC);
                if (seen.isPresent()) {
                    int revision = revisionOf(seen.get());
                    assertThat(revision).as("never back").isGreaterThanOrEqualTo(last);
                    last = revision;
                }
            }
        });

        writers.forEach(CompletableFuture::join);
        done.set(true);
        reader.join();

        assertThat(revisionOf(open().load(TOPIC).orElseThrow())).isEqualTo(WRITERS * rounds());
    }

    private static CompletableFuture<Void> running(CyclicBarrier together, Caution task) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Caller.of(() -> {
            try {
                together.await();
                task.run();
                ended.complete(null);
            } catch (Exception | AssertionError e) {
                ended.completeExceptionally(e);
            }
        });
        return ended;
    }

    /* Several pages, each of which says whose it is. */
    private static RecordBytes large(int revision) {
        return record(("%08d".formatted(revision)).repeat(3000));
    }

    private static int revisionOf(RecordBytes record) {
        String text = new String(record.toArray(), StandardCharsets.UTF_8);
        String first = text.substring(0, 8);
        assertThat(text).as("one record, whole").isEqualTo(first.repeat(3000));
        return Integer.parseInt(first);
    }

    private static RecordBytes record(String text) {
        return RecordBytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RecordVersion version(long revision) {
        return new RecordVersion(new Revision(revision), 1);
    }

    @FunctionalInterface
    private interface Caution {

        void run() throws Exception;
    }
}
