package io.statesync.test;

import io.statesync.persistence.FileSnapshotStorage;
import io.statesync.persistence.SnapshotStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FilePersistenceEventTest extends PersistenceEventContract {

    @TempDir
    private Path directory;

    @Override
    protected SnapshotStorage storage() throws IOException {
        return FileSnapshotStorage.in(Files.createTempDirectory(directory, "records"));
    }
}
