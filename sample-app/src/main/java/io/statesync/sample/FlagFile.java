package io.statesync.sample;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The feature flags in a file that is whole at every moment: whoever reads it, also after a {@code kill -9} in the middle of
 * a change, sees the state before or the state after. Used by one thread at a time.
 */
final class FlagFile {

    private final Path path;
    private final Path beside;
    private final JsonMapper json;

    FlagFile(Path directory, JsonMapper json) {
        this.path = directory.resolve("feature-flags.json");
        this.beside = directory.resolve("feature-flags.json.tmp");
        this.json = json;
    }

    /**
     * Reads all flags; none if there is no file yet.
     *
     * @throws FlagFileException if there is a file that does not hold feature flags
     */
    SortedMap<String, Flag> read() {
        if (Files.notExists(path)) {
            return new TreeMap<>();
        }
        try {
            return checked(json.readValue(Files.readAllBytes(path), new TypeReference<TreeMap<String, Flag>>() {}));
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw FlagFileException.unreadable(path, e);
        }
    }

    /**
     * Replaces the file. When this returns, the flags are on the disk.
     *
     * @throws FlagFileException if that failed; the file is as it was
     */
    void write(SortedMap<String, Flag> flags) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            writeBeside(json.writeValueAsBytes(flags));
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | JacksonException e) {
            throw FlagFileException.unwritable(path, e);
        }
    }

    private void writeBeside(byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            // before the move: else a power failure could leave the new name on an empty file
            channel.force(true);
        }
    }

    private static SortedMap<String, Flag> checked(@Nullable SortedMap<String, @Nullable Flag> read) {
        SortedMap<String, Flag> flags = new TreeMap<>();
        if (read == null) {
            throw new IllegalArgumentException("it holds null");
        }
        read.forEach((name, flag) -> {
            if (flag == null) {
                throw new IllegalArgumentException("flag \"" + name + "\" is null");
            }
            flags.put(new FlagName(name).value(), flag);
        });
        return flags;
    }
}
