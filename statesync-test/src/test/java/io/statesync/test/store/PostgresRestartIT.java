package io.statesync.test.store;

import static io.statesync.test.Transactions.inserted;
import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.mutation.jdbc.JdbcTransactionStorage;
import io.statesync.mutation.store.StoreEvent.Created;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.test.RecordingSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is killed with -9 while transactions are committed. */
@Timeout(180)
class PostgresRestartIT {

    private static final int WRITERS = 8;

    private long sequence;
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    @Test
    @DisplayName("MU-D1, MU-D12: a server that is killed in the middle of group commits loses nothing acknowledged")
    void aServerThatIsKilledLosesNothingAcknowledged() throws Exception {
        try (PostgresServer server = new PostgresServer();
                TransactionStorage storage = JdbcTransactionStorage.builder(server.dataSource())
                        .patience(Duration.ofMinutes(2))
                        .build()) {
            storage.open(new RecordingSink());
            List<Thread> writers = start(storage);

            for (int restart = 0; restart < 2; restart++) {
                awaitAcknowledged(200);
                server.kill();
                server.start();
            }
            awaitAcknowledged(200);
            stopping = true;
            for (Thread writer : writers) {
                writer.join();
            }
            storage.close();

            RecordingSink sink = new RecordingSink();
            try (TransactionStorage next =
                    JdbcTransactionStorage.builder(server.dataSource()).build()) {
                next.open(sink);
            }
            assertThat(sink.restored().stream().map(StoredTransaction::sequence).collect(Collectors.toSet()))
                    .containsAll(acknowledged);
            assertThat(sink.damaged()).isEmpty();
        }
    }

    private List<Thread> start(TransactionStorage storage) {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Thread writer = new Thread(() -> {
                while (!stopping) {
                    append(storage);
                }
            });
            writer.start();
            writers.add(writer);
        }
        return writers;
    }

    private void append(TransactionStorage storage) {
        long mine;
        long position;
        synchronized (this) {
            mine = ++sequence;
            position = storage.append(new Created(inserted(mine)));
        }
        storage.durable(position).toCompletableFuture().join();
        acknowledged.add(mine);
    }

    private void awaitAcknowledged(int more) {
        int wanted = acknowledged.size() + more;
        Awaitility.await("%d are acknowledged".formatted(wanted))
                .atMost(Duration.ofSeconds(60))
                .until(() -> acknowledged.size() >= wanted);
    }
}
