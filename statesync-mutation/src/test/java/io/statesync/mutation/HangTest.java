package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.mutation.store.TransactionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Real threads, and a mutation function that never returns, nor heeds an interrupt, for rows whose text is "hang". */
class HangTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Semaphore hanging = new Semaphore(0);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile SyncSink<String, Todo> sink;
    private SyncedCollections collections;
    private SyncedCollection<String, Todo> todos;

    private void open(Consumer<SyncedCollectionsBuilder> settings) {
        SyncedCollectionsBuilder builder = SyncedCollections.builder().drainTimeout(Duration.ZERO);
        settings.accept(builder);
        collections = builder.build();
        collections.start();
        todos = collections.open(SyncConfig.of("todos", Todo.ROWS, this::source)
                .withMutationFn(MutationFn.blocking(context -> {
                    if (context.changes().values().stream().anyMatch(changes -> "hang".equals(changes.get("text")))) {
                        hanging.release();
                        hang();
                    }
                    return PersistResult.none();
                })));
        todos.ready().toCompletableFuture().join();
    }

    private CompletionStage<SyncedRows<Todo>> source(SyncSink<String, Todo> its) {
        sink = its;
        return CompletableFuture.completedStage(
                SyncedRows.of(List.of(Todo.of("a", "A"), Todo.of("b", "B"), Todo.of("c", "C"))));
    }

    private void hang() {
        while (over.getCount() > 0) {
            try {
                over.await();
            } catch (InterruptedException ignored) {
                // as a driver that heeds no interrupt
                continue;
            }
        }
    }

    private TransactionHandle hang(String key, MutationOption... options) throws InterruptedException {
        TransactionHandle handle = todos.update(key, row -> row.withText("hang"), options);
        assertThat(hanging.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
        return handle;
    }

    @AfterEach
    void end() {
        over.countDown();
        collections.close();
    }

    @Test
    @DisplayName("MU-O5, MU-L3: a write that hangs delays no other key, and no incoming snapshot of other keys")
    void oneHangs() throws Exception {
        open(settings -> settings.attemptTimeout(Duration.ZERO));
        TransactionHandle hangs = hang("a");
        TransactionHandle behind = todos.update("a", row -> row.withCount(1));

        for (int i = 1; i <= 20; i++) {
            int count = i;
            assertThat(todos.update("b", row -> row.withCount(count))
                            .await(PATIENCE)
                            .state())
                    .isEqualTo(TransactionState.COMPLETED);
        }
        sink.onUpdate(SyncedRows.of(List.of(
                Todo.of("a", "theirs"), Todo.of("b", "from afar"), Todo.of("c", "from afar"), Todo.of("d", "new"))));
        sink.onDelta(null, RowDelta.upsert(List.of(Todo.of("c", "later"), Todo.of("a", "theirs, later"))));

        assertThat(todos.get("b")).isEqualTo(Todo.of("b", "from afar"));
        assertThat(todos.get("c")).isEqualTo(Todo.of("c", "later"));
        assertThat(todos.get("d")).isEqualTo(Todo.of("d", "new"));
        assertThat(todos.get("a")).isEqualTo(new Todo("a", "hang", 1));
        assertThat(todos.rowStatus("a").held()).isTrue();
        assertThat(hangs.snapshot().state()).isEqualTo(TransactionState.PERSISTING);
        assertThat(behind.snapshot().state()).isEqualTo(TransactionState.QUEUED);
    }

    @Test
    @DisplayName("MU-O5: one that hangs on each of some lanes delays no other lane, and nothing without one")
    void oneHangsOnEachLane() throws Exception {
        open(settings -> settings.attemptTimeout(Duration.ZERO));
        List<TransactionHandle> waiting = new ArrayList<>();
        for (String key : List.of("a", "b")) {
            MutationOption lane = MutationOption.lane(mutations -> Set.of("lane of " + key));
            hang(key, lane);
            waiting.add(todos.insert(Todo.of("behind " + key, "x"), lane));
        }

        MutationOption free = MutationOption.lane(mutations -> Set.of("another lane"));
        for (int i = 0; i < 10; i++) {
            assertThat(todos.insert(Todo.of("free " + i, "x"), free)
                            .await(PATIENCE)
                            .state())
                    .isEqualTo(TransactionState.COMPLETED);
            assertThat(todos.insert(Todo.of("without " + i, "x"))
                            .await(PATIENCE)
                            .state())
                    .isEqualTo(TransactionState.COMPLETED);
        }
        assertThat(waiting).extracting(World::state).containsOnly(TransactionState.QUEUED);
        sink.onDelta(null, RowDelta.upsert(List.of(Todo.of("c", "from afar"))));
        assertThat(todos.get("c").text()).isEqualTo("from afar");
    }

    @Test
    @DisplayName("MU-P1, MU-L2: where all places hang, edits are visible and sync comes in; nothing more is sent")
    void allPlacesHang() throws Exception {
        open(settings -> settings.attemptTimeout(Duration.ZERO).maxConcurrentPersists(2));
        hang("a");
        hang("b");
        TransactionHandle waits = todos.update("c", row -> row.withCount(5));

        sink.onDelta(null, RowDelta.upsert(List.of(Todo.of("c", "from afar"), Todo.of("d", "new"))));

        assertThat(todos.get("c")).isEqualTo(new Todo("c", "from afar", 5));
        assertThat(todos.get("d")).isEqualTo(Todo.of("d", "new"));
        assertThat(waits.snapshot().state()).isEqualTo(TransactionState.PENDING);
        assertThat(waits.snapshot().attempts()).isEmpty();
        over.countDown();
        assertThat(waits.await(PATIENCE).state()).isEqualTo(TransactionState.COMPLETED);
    }

    @Test
    @DisplayName("MU-R9: the time-out of an attempt gives its place back, though its thread hangs on")
    void placesComeBack() throws Exception {
        open(settings -> settings.attemptTimeout(Duration.ofMillis(50))
                .retry(MutationRetry.DEFAULT.withMaxAttempts(1))
                .maxConcurrentPersists(1));
        for (String key : List.of("a", "b")) {
            TransactionHandle hangs = hang(key);
            await().atMost(PATIENCE).until(() -> hangs.snapshot().state() == TransactionState.FAILED);
        }

        assertThat(todos.update("c", row -> row.withCount(5)).await(PATIENCE).state())
                .isEqualTo(TransactionState.COMPLETED);
    }
}
