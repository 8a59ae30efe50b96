package io.statesync.persistence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * A disk on which everything ends after so many steps, one per byte written and one per call: what comes later does not
 * happen. After a crash of the machine what was not forced is gone.
 */
final class CrashingDisk implements Disk {

    private final RealDisk real = new RealDisk();
    private final Map<Path, Long> unforced = new HashMap<>();
    private long left;

    CrashingDisk(long steps) {
        this.left = steps;
    }

    boolean crashed() {
        return left < 0;
    }

    private void step() throws Crash {
        if (--left < 0) {
            left = -1;
            throw new Crash();
        }
    }

    @Override
    public Sink create(Path file) throws IOException {
        step();
        Sink sink = real.create(file);
        unforced.put(file, 0L);
        return new Sink() {
            @Override
            public void write(int b) throws IOException {
                step();
                sink.write(b);
            }

            @Override
            void force() throws IOException {
                step();
                sink.force();
                unforced.remove(file);
            }

            @Override
            public void close() throws IOException {
                sink.close();
            }
        };
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step();
        real.rename(from, to);
        Long length = unforced.remove(from);
        if (length != null) {
            unforced.put(to, length);
        }
    }

    @Override
    public void forceNames(Path directory) throws IOException {
        step();
        real.forceNames(directory);
    }

    @Override
    public void delete(Path file) throws IOException {
        step();
        real.delete(file);
    }

    /** The machine comes back: of each file there is what was forced. */
    void loseWhatWasNotForced() throws IOException {
        for (Map.Entry<Path, Long> file : unforced.entrySet()) {
            try (var channel = FileChannel.open(file.getKey(), StandardOpenOption.WRITE)) {
                channel.truncate(file.getValue());
            }
        }
    }

    static final class Crash extends IOException {

        private static final long serialVersionUID = 1L;

        Crash() {
            super("everything ends here");
        }
    }
}
