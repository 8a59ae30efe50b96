package io.statesync.test.store;

import static io.statesync.test.Transactions.at;
import static io.statesync.test.Transactions.attempt;
import static io.statesync.test.Transactions.ended;
import static io.statesync.test.Transactions.id;

import io.statesync.Revision;
import io.statesync.mutation.jdbc.JdbcTransactionStorage;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.StoreEvent.AttemptStarted;
import io.statesync.mutation.store.StoreEvent.Completed;
import io.statesync.mutation.store.StoreEvent.Created;
import io.statesync.mutation.store.StoreEvent.Failed;
import io.statesync.mutation.store.StoreEvent.Failure;
import io.statesync.mutation.store.StoreEvent.Persisted;
import io.statesync.mutation.store.StoredError;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.test.RecordingSink;
import io.statesync.test.Transactions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process that appends for ever and says what is durable, one line each: {@code OPEN last}, {@code CREATED n}, {@code
 * PERSISTED n}, {@code FAILED n}. Arguments: the file or the URL of the database, and how many writers.
 */
public final class AppendingProcess {

    /** So many transactions, from one whose number is divisible by ten, fail together. */
    static final int GROUP = 3;

    private final TransactionStorage storage;
    private long sequence;

    private AppendingProcess(TransactionStorage storage) {
        this.storage = storage;
    }

    public static void main(String[] arguments) throws Exception {
        TransactionStorage storage = storage(arguments[0]);
        RecordingSink sink = new RecordingSink();
        AppendingProcess process = new AppendingProcess(storage);
        process.sequence = storage.open(sink).lastSequence();
        say("OPEN " + process.sequence);
        sink.restored().forEach(old -> storage.append(new Completed(old.id(), false, old.updatedAt())));
        for (int writer = 0; writer < Integer.parseInt(arguments[1]); writer++) {
            new Thread(process::appendForEver).start();
        }
    }

    /** A file of one's own, or a database that others use too. */
    static TransactionStorage storage(String place) {
        if (!place.startsWith("jdbc:")) {
            return JdbcTransactionStorage.embedded(Path.of(place));
        }
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(place);
        database.setUser("postgres");
        return JdbcTransactionStorage.builder(database)
                .name("crashing")
                .lease(Duration.ofMillis(500))
                .build();
    }

    private void appendForEver() {
        while (true) {
            long first = create();
            say("CREATED " + first);
            if (first % 10 == 0) {
                append(failure(first));
                say("FAILED " + first);
            } else {
                storage.append(new AttemptStarted(id(first), attempt(first, 1)));
                Map<String, Revision> revisions = Map.of("todos", new Revision(first));
                append(new Persisted(id(first), ended(first, 1, null), revisions, at(first, 2)));
                say("PERSISTED " + first);
                storage.append(new Completed(id(first), true, at(first, 3)));
            }
        }
    }

    /** Sequences are appended in order. */
    private long create() {
        long first;
        long position;
        synchronized (this) {
            first = ++sequence;
            position = storage.append(new Created(transaction(first)));
            while (first % 10 == 0 && sequence < first + GROUP - 1) {
                position = storage.append(new Created(transaction(++sequence)));
            }
        }
        await(position);
        return first;
    }

    private static Failed failure(long first) {
        List<Failure> failures = IntStream.range(0, GROUP)
                .mapToObj(i -> new Failure(id(first + i), new StoredError(id(first), "Refused", "no")))
                .toList();
        return new Failed(failures.get(0), failures.subList(1, GROUP), at(first, 5));
    }

    /** Three rows, which say to which transaction they belong. */
    static StoredTransaction transaction(long sequence) {
        return Transactions.pending(
                sequence,
                List.of(
                        Transactions.insertion("todos", "a-" + sequence, row(sequence)),
                        Transactions.insertion("lists", "b-" + sequence, row(sequence)),
                        Transactions.update("users", "c-" + sequence, row(-sequence), row(sequence))));
    }

    private static byte[] row(long sequence) {
        return Transactions.bytes(("row of " + sequence + " ").repeat(20));
    }

    private void append(StoreEvent event) {
        await(storage.append(event));
    }

    private void await(long position) {
        storage.durable(position).toCompletableFuture().join();
    }

    private static synchronized void say(String line) {
        System.out.print(line + "\n");
        System.out.flush();
    }
}
