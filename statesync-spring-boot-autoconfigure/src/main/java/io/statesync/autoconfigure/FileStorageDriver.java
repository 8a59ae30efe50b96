package io.statesync.autoconfigure;

import io.statesync.persistence.FileSnapshotStorage;
import io.statesync.policy.Scheduler;
import io.statesync.spring.PersistedStorage;
import io.statesync.spring.SetupException;
import io.statesync.spring.SnapshotStorageDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Keeps records in a directory. */
record FileStorageDriver(PersistenceProperties.File properties, Scheduler scheduler, Executor executor)
        implements SnapshotStorageDriver {

    private static final String PROPERTY = "statesync.persistence.file.directory";

    @Override
    public String name() {
        return "file";
    }

    @Override
    public PersistedStorage open(String property) {
        Path directory = directory(property);
        if (!properties.siblings()) {
            return PersistedStorage.of(FileSnapshotStorage.alone(directory));
        }
        Duration interval =
                Checks.positive("statesync.persistence.file.sibling-interval", properties.siblingInterval());
        FileSnapshotStorage storage = FileSnapshotStorage.in(directory);
        return new PersistedStorage(storage, storage, storage.watch(interval, scheduler, executor));
    }

    private Path directory(String property) {
        String written = properties.directory();
        if (written == null || written.isBlank()) {
            throw new SetupException(
                    property + " needs a directory, but " + PROPERTY + " is not set.",
                    "Set " + PROPERTY + " to a directory of this application, such as \"/var/lib/shop/statesync\".");
        }
        try {
            return created(Path.of(written.strip()));
        } catch (InvalidPathException e) {
            throw unusable(written, e.getReason(), e);
        }
    }

    /* What goes wrong with it later is reported, and the application goes on; at the start it is a mistake. */
    private static Path created(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException | SecurityException e) {
            throw unusable(directory.toAbsolutePath().toString(), e.toString(), e);
        }
        return directory;
    }

    private static SetupException unusable(String directory, String reason, Exception cause) {
        return new SetupException(
                PROPERTY + " is \"" + directory + "\", which is no directory and cannot be made one: " + reason + ".",
                "Name a directory that this user may create and write to, or create it.",
                cause);
    }
}
