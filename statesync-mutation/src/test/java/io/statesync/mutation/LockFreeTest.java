package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.TransactionState;
import io.statesync.policy.NonRetriableException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who holds the engine's lock, and who does not. A thread that should not wait for the lock is given a minute to show it. */
class LockFreeTest {

    private static final Todo A = Todo.of("a", "A");
    private static final Todo B = Todo.of("b", "B");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> free = new LinkedHashSet<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Takes the engine's lock from another thread, which it cannot while this one holds it. */
    private void locksElsewhere(World world, String who) {
        try {
            threads.submit(() -> world.todos.rowStatus("b")).get(1, TimeUnit.MINUTES);
            free.add(who);
        } catch (Exception held) {
            throw new AssertionError(who + " is called under the lock", held);
        }
    }

    @Test
    @DisplayName("MU-H3, MU-S3: no callback runs under the lock, and neither does a mutation function, nor awaitSync")
    void nobodyIsCalledUnderTheLock() {
        World[] its = new World[1];
        World world = World.with(
                settings -> settings.failureHandler(failed -> locksElsewhere(its[0], "failure handler"))
                        .retry(World.NO_JITTER.withClassifier((error, transaction) -> {
                            locksElsewhere(its[0], "classifier");
                            return Verdict.FAIL;
                        })),
                config -> config.withRefresher(revision -> locksElsewhere(its[0], "refresher"))
                        .withMutationFn("asking", new MutationFn() {
                            @Override
                            public CompletableFuture<PersistResult> persist(PersistContext context) {
                                locksElsewhere(its[0], "persist");
                                return CompletableFuture.completedFuture(PersistResult.revision(new Revision(3)));
                            }

                            @Override
                            public Optional<java.util.concurrent.CompletionStage<Void>> awaitSync(SyncContext context) {
                                locksElsewhere(its[0], "awaitSync");
                                return Optional.of(context.sync().awaitMatch(rows -> {
                                    locksElsewhere(its[0], "match");
                                    return true;
                                }));
                            }
                        }),
                A,
                B);
        its[0] = world;
        world.collections.transactions().subscribe(new TransactionListener() {
            @Override
            public void onTransition(TransactionEvent event) {
                locksElsewhere(world, "listener");
            }

            @Override
            public void onAttemptFailed(MutationTransaction transaction, Attempt attempt) {
                locksElsewhere(world, "listener of attempts");
            }
        });

        TransactionHandle confirmed = world.todos.update(
                "a",
                row -> {
                    locksElsewhere(world, "edit");
                    return row.withText("A2");
                },
                MutationOption.fn("asking"),
                MutationOption.lane(mutations -> {
                    locksElsewhere(world, "lane");
                    return Set.of();
                }));
        confirmed.completed().thenRun(() -> locksElsewhere(world, "stage"));
        world.run();
        world.source.all(3, A.withText("A2"), B);
        world.run();
        assertThat(World.state(confirmed)).isEqualTo(TransactionState.COMPLETED);
        world.fail(world.edit("b", "B2"), new NonRetriableException("no"));

        assertThat(free)
                .containsExactlyInAnyOrder(
                        "failure handler",
                        "classifier",
                        "refresher",
                        "persist",
                        "awaitSync",
                        "match",
                        "listener",
                        "listener of attempts",
                        "edit",
                        "lane",
                        "stage");
    }

    @Test
    @DisplayName("MU-C8, MU-H2: rows and transactions are read while another thread holds the lock")
    void readingTakesNoLock() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch out = new CountDownLatch(1);
        World world = World.with(settings -> {}, config -> config, A, B);
        TransactionHandle done = world.edit("b", "B2");
        world.ok(done);
        MutationStrategy slow = MutationStrategy.<Todo>parallel((synced, pending) -> {
            inside.countDown();
            awaitQuietly(out);
            return synced;
        });
        Future<?> holder =
                threads.submit(() -> world.todos.update("a", row -> row.withText("A2"), MutationOption.strategy(slow)));
        assertThat(inside.await(1, TimeUnit.MINUTES)).isTrue();

        Future<List<Object>> reader = threads.submit(() -> {
            List<Object> read = new ArrayList<>();
            read.add(world.todos.data());
            read.add(world.todos.get("b"));
            read.add(world.todos.size());
            read.add(world.todos.revision() == null);
            read.add(world.collections.transactions().find(done.id()).isPresent());
            read.add(world.collections.transactions().history(Query.ALL).count());
            world.collections.transactions().active();
            return read;
        });
        assertThat(reader.get(1, TimeUnit.MINUTES))
                .containsExactly(Map.of("a", A, "b", B.withText("B2")), B.withText("B2"), 2, true, true, 2L);
        out.countDown();
        holder.get(1, TimeUnit.MINUTES);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("MU-C8: rows that one sync brings are never seen apart, whether it is a snapshot or a delta")
    void aBatchIsNeverSeenApart() throws Exception {
        World world = World.with(A, B);
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Future<Boolean> reader = threads.submit(() -> {
            boolean together = true;
            for (int i = 0; over.getCount() > 0 || i < 100; i++) {
                Map<String, Todo> data = world.todos.data();
                together &= data.get("a").count() == data.get("b").count();
                reading.countDown();
            }
            return together;
        });
        reading.await();
        for (int i = 1; i <= 2000; i++) {
            if (i % 2 == 0) {
                world.source.all(A.withCount(i), B.withCount(i));
            } else {
                world.source.upsert(A.withCount(i), B.withCount(i));
            }
        }
        over.countDown();
        assertThat(reader.get(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    @DisplayName("MU-C1, MU-C2: many who open a collection at once share it, and its one setup")
    void oneSetupForAll() throws Exception {
        AtomicInteger setups = new AtomicInteger();
        CompletableFuture<SyncedRows<Todo>> initial = new CompletableFuture<>();
        SyncedCollections collections = SyncedCollections.builder().build();
        collections.start();
        SyncConfig<String, Todo> config = SyncConfig.of("todos", Todo.ROWS, sink -> {
            setups.incrementAndGet();
            return initial;
        });
        CountDownLatch together = new CountDownLatch(8);
        List<Future<SyncedCollection<String, Todo>>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(threads.submit(() -> {
                together.countDown();
                together.await();
                SyncedCollection<String, Todo> opened = collections.open(config);
                opened.setup();
                opened.ready().toCompletableFuture().get(1, TimeUnit.MINUTES);
                return opened;
            }));
        }
        together.await();
        initial.complete(SyncedRows.of(List.of(A)));

        Set<SyncedCollection<String, Todo>> opened = new LinkedHashSet<>();
        for (Future<SyncedCollection<String, Todo>> one : all) {
            opened.add(one.get(1, TimeUnit.MINUTES));
        }
        assertThat(opened).hasSize(1);
        assertThat(setups).hasValue(1);
        assertThat(opened.iterator().next().data()).isEqualTo(Map.of("a", A));
        collections.close();
    }
}
