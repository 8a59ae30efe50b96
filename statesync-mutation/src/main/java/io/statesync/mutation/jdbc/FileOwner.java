package io.statesync.mutation.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes one process the owner of a file, until it ends or lets go; by the lock of a file beside it. */
final class FileOwner implements AutoCloseable {

    /**
     * The files of this process. Not left to the lock: a process that opens a locked file once more and closes it has
     * lost its lock, on some systems.
     */
    private static final Set<Path> OWNED = ConcurrentHashMap.newKeySet();

    private final Path owned;
    private final FileChannel channel;

    private FileOwner(Path owned, FileChannel channel) {
        this.owned = owned;
        this.channel = channel;
    }

    /** @throws IOException if somebody else has it, or there is no such place; the message says which and what to do */
    static FileOwner of(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
            file = directory.toRealPath().resolve(file.getFileName());
        }
        if (!OWNED.add(file)) {
            throw new FileInUseException(file + " is open in this process already; open it once and share the storage");
        }
        try {
            return new FileOwner(file, locked(file));
        } catch (IOException | RuntimeException e) {
            OWNED.remove(file);
            throw e;
        }
    }

    private static FileChannel locked(Path file) throws IOException {
        Path beside = Path.of(file + ".lock");
        FileChannel channel =
                FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new FileInUseException(file + " belongs to another process" + named(channel)
                        + ", which holds the lock of " + beside + "; give each process a file of its own");
            }
            channel.truncate(0);
            byte[] name = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(name), 0);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String named(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        int length = channel.read(text, 0);
        return length <= 0 ? "" : " (" + new String(text.array(), 0, length, StandardCharsets.US_ASCII) + ")";
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            OWNED.remove(owned);
        }
    }
}
