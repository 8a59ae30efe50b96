package io.statesync.test.store;

import io.statesync.mutation.jdbc.JdbcTransactionStorage;
import io.statesync.mutation.store.StoreEvent.Created;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.test.RecordingSink;
import io.statesync.test.Transactions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes transactions durable and says so, one {@code ACK} each, to be run under strace, which counts the forces. Not a
 * test. Arguments: file, writers, transactions.
 */
public final class CountedForces {

    private final TransactionStorage storage;
    private final int count;
    private long sequence;

    private CountedForces(TransactionStorage storage, int count) {
        this.storage = storage;
        this.count = count;
    }

    public static void main(String[] arguments) throws Exception {
        try (TransactionStorage storage = JdbcTransactionStorage.embedded(Path.of(arguments[0]))) {
            storage.open(new RecordingSink());
            CountedForces forces = new CountedForces(storage, Integer.parseInt(arguments[2]));
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                Thread writer = new Thread(forces::append);
                writer.start();
                writers.add(writer);
            }
            for (Thread writer : writers) {
                writer.join();
            }
        }
    }

    private void append() {
        while (true) {
            long position;
            synchronized (this) {
                if (sequence == count) {
                    return;
                }
                long next = ++sequence;
                position =
                        storage.append(new Created(Transactions.inserted(next, "todos", "key-" + next, new byte[200])));
            }
            storage.durable(position).toCompletableFuture().join();
            System.out.print("ACK\n");
            System.out.flush();
        }
    }
}
