package io.statesync.spring.mutation;

import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.memory.InMemoryTransport;
import io.statesync.mutation.MutationRetry;
import io.statesync.mutation.MutationTransaction;
import io.statesync.mutation.RowModel;
import io.statesync.mutation.SyncConfig;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.SyncedCollections;
import io.statesync.mutation.TopicRows;
import io.statesync.mutation.TransactionError;
import io.statesync.mutation.TransactionEvent;
import io.statesync.mutation.TransactionHandle;
import io.statesync.mutation.TransactionListener;
import io.statesync.mutation.jdbc.JdbcTransactionStorage;
import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.TransactionState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process that edits a collection for ever, keeps its transactions in a SQLite file and sends them over HTTP. It says what is
 * durable, {@code DURABLE serial key}, and reports to the backend what failed. With the word {@code drain} it edits nothing,
 * waits until all is sent, and says how everything ended: {@code END key serial state root skus}. Arguments: the
 * backend, the file, the serial before its first, {@code edit} or {@code drain}.
 */
public final class EditingProcess implements TransactionListener {

    static final List<String> SKUS = List.of("apples", "figs", "lemons", "pears", "plums");

    /** So many wait or run at most. */
    private static final int MOST = 20;

    private static final int WRITERS = 3;

    private final RestClient backend;
    private final Semaphore places = new Semaphore(MOST);
    private final SyncedCollections collections;
    private final SyncedCollection<String, Item> stock;
    private final RevisionSync<Object> sync;

    /** The serial of the newest edit; guarded by this. */
    private long last;

    record Item(String sku, long serial) {}

    record Snapshot(String revision, Map<String, Item> data) {}

    private EditingProcess(String url, Path file, long last) {
        this.last = last;
        backend = RestClient.builder()
                .baseUrl(url)
                .requestFactory(new JdkClientHttpRequestFactory())
                .build();
        TopicRows<String, Item> rows = TopicRows.of("stock");
        sync = RevisionSync.forTopic("stock")
                .subscriber(new InMemoryTransport())
                .provider(this::snapshot)
                .applier(rows)
                .build();
        rows.bind(sync);
        collections = SyncedCollections.builder()
                .storage(JdbcTransactionStorage.embedded(file))
                .retry(MutationRetry.DEFAULT.withDelays(Duration.ofMillis(2), 2, Duration.ofMillis(20)))
                // each kill interrupts what is being sent: that alone must not end it
                .maxInterruptions(Integer.MAX_VALUE)
                .listener(this)
                .build();
        stock = collections.open(SyncConfig.ofTopic("stock", RowModel.ofRecord(Item.class, Item::sku), rows)
                .withCodec(new JsonRowCodec<>(JsonMapper.shared(), String.class, Item.class))
                .withMutationFn(HttpPersister.posting(backend, "/transactions")));
    }

    public static void main(String[] arguments) {
        EditingProcess process = new EditingProcess(arguments[0], Path.of(arguments[1]), Long.parseLong(arguments[2]));
        process.start();
        if (arguments[3].equals("drain")) {
            process.drain();
            System.exit(0);
        }
        for (int writer = 0; writer < WRITERS; writer++) {
            Random random = new Random(process.last + writer);
            new Thread(() -> process.editForEver(random)).start();
        }
    }

    private void start() {
        collections.start();
        sync.start();
        stock.ready().toCompletableFuture().join();
        say("OPEN " + collections.transactions().active().size());
    }

    private SnapshotEnvelope<Object> snapshot() {
        Snapshot read = JsonMapper.shared()
                .readValue(backend.get().uri("/stock").retrieve().body(byte[].class), new TypeReference<Snapshot>() {});
        return new SnapshotEnvelope<>(Revision.parse(read.revision()), read.data());
    }

    private void editForEver(Random random) {
        while (true) {
            places.acquireUninterruptibly();
            long serial;
            TransactionHandle edit;
            synchronized (this) {
                serial = ++last;
                edit = edit(random, serial);
            }
            edit.durable().toCompletableFuture().join();
            say("DURABLE " + serial + " " + edit.snapshot().idempotencyKey());
        }
    }

    /** One row, or two in one transaction. */
    private TransactionHandle edit(Random random, long serial) {
        int first = random.nextInt(SKUS.size());
        if (random.nextInt(4) > 0) {
            return stock.update(SKUS.get(first), item -> new Item(item.sku(), serial));
        }
        int second = (first + 1 + random.nextInt(SKUS.size() - 1)) % SKUS.size();
        return stock.mutate(scope -> scope.update(SKUS.get(first), item -> new Item(item.sku(), serial))
                .update(SKUS.get(second), item -> new Item(item.sku(), serial)));
    }

    @Override
    public void onTransition(TransactionEvent event) {
        if (event.to() == TransactionState.FAILED) {
            backend.post()
                    .uri("/failed")
                    .body(event.transaction().idempotencyKey())
                    .retrieve()
                    .toBodilessEntity();
        }
        if (!event.to().active()) {
            places.release();
        }
    }

    private void drain() {
        await().atMost(Duration.ofMinutes(5))
                .until(() -> collections.transactions().active().isEmpty());
        try (Stream<MutationTransaction> all = collections.transactions().history(Query.ALL)) {
            all.forEach(it -> say("END " + it.idempotencyKey() + " "
                    + ((Item) it.mutations().get(0).modified()).serial() + " " + it.state() + " "
                    + root(it) + " "
                    + it.mutations().stream().map(m -> (String) m.ref().key()).collect(Collectors.joining(","))));
        }
        collections.close();
        say("DRAINED");
    }

    /** As long as nothing is submitted again an id is a key. */
    private static String root(MutationTransaction transaction) {
        TransactionError error = transaction.error();
        return error == null || error.transactionId() == null ? "-" : error.transactionId();
    }

    private static synchronized void say(String line) {
        System.out.print(line + "\n");
        System.out.flush();
    }
}
