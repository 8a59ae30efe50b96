package io.statesync.persistence;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.memory.InMemoryTransport;
import io.statesync.state.SyncedState;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A process that holds a state of 50 MB: measures it, or restores the old one, fetches a new one, and saves it. */
final class LargeValue {

    private static final String TOPIC = "price-list";
    private static final int ROWS = 500_000;
    private static final int ROW = 104;

    private LargeValue() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        Compression compression = arguments[2].equals("gzip") ? Compression.GZIP : Compression.NONE;
        if (arguments[0].equals("measure")) {
            measure(directory, compression);
        } else {
            live(directory, compression, Long.parseLong(arguments[0]));
        }
    }

    private static void measure(Path directory, Compression compression) throws Exception {
        long empty = used();
        List<String> value = value(1);
        long held = used() - empty;
        SnapshotPersistence<List<String>> persistence = over(directory, compression);
        persistence.around(it -> {}).apply(new SnapshotEnvelope<>(new Revision(1), value));
        persistence.flush().join();
        System.out.println(held + " " + persistence.statistics().lastBytes());
    }

    private static void live(Path directory, Compression compression, long old) throws Exception {
        SnapshotPersistence<List<String>> persistence = over(directory, compression);
        SyncedState<List<String>> state = SyncedState.create();
        RevisionSync<List<String>> sync = RevisionSync.forTopic(TOPIC)
                .subscriber(new InMemoryTransport())
                .provider(() -> new SnapshotEnvelope<>(new Revision(old + 1), value(old + 1)))
                .applier(persistence.around(state))
                .build();
        Revision restored = persistence.restore(sync).join().orElseThrow();
        requireWhole(state.get(), old);
        sync.start();
        requireWhole(state.get(), old + 1);
        persistence.flush().join();
        System.out.println("restored " + restored + ", fetched " + sync.localRevision() + ", saved "
                + persistence.statistics().savedRevision());
        System.exit(0);
    }

    private static void requireWhole(List<String> value, long revision) {
        if (value.size() != ROWS || !value.get(ROWS - 1).equals(row(revision, ROWS - 1))) {
            throw new AssertionError("not the state of revision " + revision);
        }
    }

    private static SnapshotPersistence<List<String>> over(Path directory, Compression compression) {
        return SnapshotPersistence.forTopic(TOPIC)
                .storage(FileSnapshotStorage.in(directory))
                .codec(new Rows())
                .compression(compression)
                .build();
    }

    private static List<String> value(long revision) {
        List<String> rows = new ArrayList<>(ROWS);
        for (int row = 0; row < ROWS; row++) {
            rows.add(row(revision, row));
        }
        return rows;
    }

    private static String row(long revision, int row) {
        String start = revision + ":" + row + ":";
        return start + "x".repeat(ROW - start.length());
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static final class Rows implements VersionedCodec<List<String>> {

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void encode(@Nullable List<String> data, OutputStream stream) throws IOException {
            DataOutputStream out = new DataOutputStream(stream);
            out.writeInt(Objects.requireNonNull(data).size());
            for (String row : data) {
                out.writeUTF(row);
            }
        }

        @Override
        public List<String> decode(InputStream stream, int version) throws IOException {
            DataInputStream in = new DataInputStream(stream);
            int size = in.readInt();
            List<String> rows = new ArrayList<>(size);
            for (int row = 0; row < size; row++) {
                rows.add(in.readUTF());
            }
            return rows;
        }
    }
}
