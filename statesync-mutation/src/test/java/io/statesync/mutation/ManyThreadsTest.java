package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.TransactionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Real threads; everything is waited for by events. */
class ManyThreadsTest {

    private static final int ROUNDS = 500;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<Object, AtomicInteger> inside = new ConcurrentHashMap<>();
    private final AtomicBoolean overlapped = new AtomicBoolean();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private SyncedCollections started(SyncedCollectionsBuilder builder) {
        SyncedCollections collections = builder.build();
        collections.start();
        return collections;
    }

    private SyncedCollection<String, Todo> open(SyncedCollections collections) {
        SyncedCollection<String, Todo> todos = collections.open(SyncConfig.of(
                        "todos",
                        Todo.ROWS,
                        sink -> CompletableFuture.completedStage(
                                SyncedRows.of(List.of(Todo.of("a", "0"), Todo.of("b", "0")))))
                .withMutationFn(MutationFn.blocking(context -> {
                    for (Ref ref : context.changes().keySet()) {
                        AtomicInteger there = inside.computeIfAbsent(ref, first -> new AtomicInteger());
                        overlapped.compareAndSet(false, there.incrementAndGet() > 1);
                    }
                    context.changes().keySet().forEach(ref -> inside.get(ref).decrementAndGet());
                    return PersistResult.none();
                })));
        todos.ready().toCompletableFuture().join();
        return todos;
    }

    @Test
    @DisplayName(
            "MU-M1, MU-M5, MU-O4: edits by many threads are all counted, read by who made them, and sent one at a time")
    void noEditIsLost() throws Exception {
        SyncedCollections collections = started(SyncedCollections.builder());
        SyncedCollection<String, Todo> todos = open(collections);
        List<Future<List<TransactionHandle>>> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            writers.add(threads.submit((Callable<List<TransactionHandle>>) () -> {
                List<TransactionHandle> handles = new ArrayList<>();
                for (int i = 0; i < ROUNDS; i++) {
                    handles.add(todos.update("a", row -> row.withCount(row.count() + 1)));
                    assertThat(todos.get("a").count()).isGreaterThan(i);
                }
                return handles;
            }));
        }
        for (Future<List<TransactionHandle>> writer : writers) {
            for (TransactionHandle handle : writer.get()) {
                assertThat(handle.await(Duration.ofMinutes(1)).state()).isEqualTo(TransactionState.COMPLETED);
            }
        }

        assertThat(todos.get("a").count()).isEqualTo(4 * ROUNDS);
        assertThat(overlapped).isFalse();
        assertThat(collections.transactions().history(Query.ALL)).hasSize(4 * ROUNDS);
        collections.close();
    }

    @Test
    @DisplayName("MU-C8, MU-M2: rows that are changed in one transaction are never seen apart")
    void neverApart() throws Exception {
        SyncedCollections collections = started(SyncedCollections.builder());
        SyncedCollection<String, Todo> todos = open(collections);
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch reading = new CountDownLatch(2);
        List<Future<Boolean>> readers = new ArrayList<>();
        for (int reader = 0; reader < 2; reader++) {
            readers.add(threads.submit(() -> {
                reading.countDown();
                boolean together = true;
                while (!over.get()) {
                    Map<String, Todo> data = todos.data();
                    together &= data.get("a").count() == data.get("b").count();
                }
                return together;
            }));
        }
        reading.await();
        TransactionHandle last = null;
        for (int i = 1; i <= ROUNDS; i++) {
            int count = i;
            last = todos.mutate(
                    scope -> scope.update("a", row -> row.withCount(count)).update("b", row -> row.withCount(count)));
        }
        last.await(Duration.ofMinutes(1));
        over.set(true);

        for (Future<Boolean> reader : readers) {
            assertThat(reader.get()).isTrue();
        }
        collections.close();
    }

    @Test
    @DisplayName("MU-R11: close waits for what runs, and interrupts what does not end")
    void closing() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        SyncedCollections collections = started(SyncedCollections.builder().drainTimeout(Duration.ofMillis(1)));
        SyncedCollection<String, Todo> todos = collections.open(SyncConfig.of(
                        "hanging", Todo.ROWS, sink -> CompletableFuture.completedStage(SyncedRows.<Todo>of(List.of())))
                .withMutationFn(MutationFn.blocking(context -> {
                    entered.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException expected) {
                        interrupted.countDown();
                    }
                    return PersistResult.none();
                })));
        TransactionHandle handle = todos.insert(Todo.of("a", "A"));
        entered.await();

        collections.close();

        interrupted.await();
        assertThat(handle.snapshot().state()).isEqualTo(TransactionState.PERSISTING);
        assertThat(handle.snapshot().attempts().get(0).interrupted()).isTrue();
    }
}
