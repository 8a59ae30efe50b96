package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.persistence.InMemorySnapshotStorage;
import io.statesync.persistence.RecordBytes;
import io.statesync.persistence.RecordVersion;
import io.statesync.persistence.SnapshotStorage;
import org.junit.jupiter.api.Test;

class InMemorySnapshotStorageTest extends SnapshotStorageContract {

    private final InMemorySnapshotStorage storage = new InMemorySnapshotStorage();

    @Override
    protected SnapshotStorage open() {
        return storage;
    }

    @Test
    void theNewestTenThatWereSetAsideAreKept() {
        for (byte round = 0; round < 12; round++) {
            RecordBytes damaged = RecordBytes.of(new byte[] {round});
            storage.save("x", new RecordVersion(new Revision(1), 1), damaged);
            storage.setAside("x", damaged);
        }

        assertThat(storage.asideOf("x")).hasSize(10).startsWith(RecordBytes.of(new byte[] {2}));
        assertThat(storage.asideOf("y")).isEmpty();
    }
}
