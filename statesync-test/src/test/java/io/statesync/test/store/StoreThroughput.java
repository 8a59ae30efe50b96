package io.statesync.test.store;

import io.statesync.mutation.jdbc.JdbcTransactionStorage;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.test.RecordingSink;
import io.statesync.test.Transactions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Durable transactions per second with 1 and 16 writers, beside the limit: a bare append to a file that is forced, with
 * group commit, in the same run. Rows of 200 bytes. Not a test. Arguments: seconds, rounds.
 */
public final class StoreThroughput {

    private StoreThroughput() {}

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Path directory = Files.createTempDirectory("statesync-throughput");
        for (int round = 0; round < rounds; round++) {
            for (int writers : new int[] {1, 16}) {
                double limit = limit(directory.resolve("limit-" + round + "-" + writers), writers, seconds);
                double reached = reached(directory.resolve("store-" + round + "-" + writers), writers, seconds);
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %d | %.0f | %.0f | %.2f |%n",
                        writers,
                        round,
                        limit,
                        reached,
                        reached / limit);
            }
        }
    }

    private static double limit(Path path, int writers, int seconds) throws Exception {
        try (ForcedFile file = new ForcedFile(path)) {
            measure(file::append, writers, 1);
            return measure(file::append, writers, seconds);
        }
    }

    private static double reached(Path path, int writers, int seconds) throws Exception {
        try (TransactionStorage storage = JdbcTransactionStorage.embedded(path)) {
            storage.open(new RecordingSink());
            AtomicLong sequence = new AtomicLong();
            Append append = () -> {
                long next = sequence.incrementAndGet();
                StoredTransaction transaction = Transactions.inserted(next, "todos", "k" + next, new byte[200]);
                long position = storage.append(new StoreEvent.Created(transaction));
                storage.durable(position).toCompletableFuture().join();
            };
            measure(append, writers, 1);
            return measure(append, writers, seconds);
        }
    }

    private static double measure(Append append, int writers, int seconds) throws Exception {
        AtomicLong appended = new AtomicLong();
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            Thread thread = new Thread(() -> {
                try {
                    while (System.nanoTime() < end) {
                        append.run();
                        appended.incrementAndGet();
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return appended.get() * 1e9 / (System.nanoTime() - begin);
    }

    private interface Append {
        void run() throws Exception;
    }

    /** The limit of group commit: one of those who wait writes all that waits, and forces once for everybody. */
    private static final class ForcedFile implements AutoCloseable {

        private final FileChannel channel;
        private List<byte[]> queue = new ArrayList<>();
        private long queued;
        private long durable;
        private boolean leading;

        ForcedFile(Path path) throws IOException {
            channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        }

        void append() throws Exception {
            List<byte[]> batch;
            long upTo;
            synchronized (this) {
                queue.add(new byte[200]);
                long mine = ++queued;
                while (leading && durable < mine) {
                    wait();
                }
                if (durable >= mine) {
                    return;
                }
                leading = true;
            }
            synchronized (this) {
                batch = queue;
                queue = new ArrayList<>();
                upTo = queued;
            }
            ByteBuffer bytes = ByteBuffer.allocate(batch.size() * 200);
            batch.forEach(bytes::put);
            channel.write(bytes.flip());
            channel.force(false);
            synchronized (this) {
                durable = upTo;
                leading = false;
                notifyAll();
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
