package io.statesync.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A damaged record that is still in its place when its own revision is saved again. */
class DamagedRecordInTheWayTest {

    private static final String TOPIC = "price-list";
    private static final SnapshotEnvelope<String> SNAPSHOT = new SnapshotEnvelope<>(new Revision(2), "the state");

    private final InMemorySnapshotStorage disk = new InMemorySnapshotStorage();
    private boolean readable = true;
    private boolean writable = true;

    private final SnapshotStorage storage = new SnapshotStorage() {
        @Override
        public Optional<RecordBytes> load(String topic) throws IOException {
            require(readable);
            return disk.load(topic);
        }

        @Override
        public boolean save(String topic, RecordVersion version, RecordBytes record) throws IOException {
            require(writable);
            return disk.save(topic, version, record);
        }

        @Override
        public String setAside(String topic, RecordBytes unreadable) throws IOException {
            require(writable);
            return disk.setAside(topic, unreadable);
        }

        private void require(boolean works) throws IOException {
            if (!works) {
                throw new IOException("the disk does not work now");
            }
        }
    };

    private SnapshotPersistence<String> process() {
        return SnapshotPersistence.forTopic(TOPIC)
                .storage(storage)
                .codec(new LineCodec())
                .executor(Runnable::run)
                .build();
    }

    private void aTornRecord() throws Exception {
        process().around(it -> {}).apply(SNAPSHOT);
        RecordBytes whole = disk.load(TOPIC).orElseThrow();
        disk.setAside(TOPIC, whole);
        byte[] torn = Arrays.copyOf(whole.toArray(), (int) whole.size() - 3);
        assertThat(disk.save(TOPIC, new RecordVersion(SNAPSHOT.revision(), 1), RecordBytes.of(torn)))
                .isTrue();
    }

    @Test
    @DisplayName("PX-05: a torn record that could not be set aside gives way to a good one of its own revision")
    void oneThatCouldNotBeSetAside() throws Exception {
        aTornRecord();
        writable = false;
        SnapshotPersistence<String> next = process();
        assertThat(next.load().join()).isEmpty();
        writable = true;

        next.around(it -> {}).apply(SNAPSHOT);

        assertThat(process().load().join()).contains(SNAPSHOT);
        assertThat(next.statistics().saves()).isEqualTo(1);
    }

    @Test
    @DisplayName("PX-05: a torn record that nobody could read gives way to a good one of its own revision")
    void oneThatCouldNotBeRead() throws Exception {
        aTornRecord();
        readable = false;
        SnapshotPersistence<String> next = process();
        assertThat(next.load().join()).isEmpty();
        readable = true;

        next.around(it -> {}).apply(SNAPSHOT);

        assertThat(process().load().join()).contains(SNAPSHOT);
    }

    @Test
    @DisplayName("PX-05: a good record of the same revision stays")
    void aGoodOneStays() throws Exception {
        process().around(it -> {}).apply(SNAPSHOT);
        RecordBytes there = disk.load(TOPIC).orElseThrow();

        process().around(it -> {}).apply(SNAPSHOT);

        assertThat(disk.load(TOPIC)).contains(there);
    }
}
