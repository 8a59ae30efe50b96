package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.statesync.autoconfigure.TodoApplication;
import io.statesync.autoconfigure.TodoBackend;
import io.statesync.autoconfigure.TodoBackend.Todo;
import io.statesync.mutation.MutationTimings;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.TransactionHandle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** The meters of what the engine does itself, and of what it found when it started. */
class TransactionMetersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PREFIX = "statesync.transactions.";

    @TempDir
    private Path directory;

    private final TodoBackend backend = new TodoBackend();

    private ApplicationContextRunner runner() {
        return TodoApplication.runner(backend, directory)
                .withConfiguration(AutoConfigurations.of(StateSyncTransactionMetricsAutoConfiguration.class))
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new);
    }

    @Test
    void mutationsStepsAndForcesAreTimed() {
        runner().run(context -> {
            TransactionHandle edit = todos(context).update("1", todo -> new Todo("1", "bread"));
            edit.await(PATIENCE);

            assertThat(meters(context).get(PREFIX + "mutate").timer().count()).isEqualTo(1);
            assertThat(meters(context).get(PREFIX + "locked").timer().count()).isGreaterThan(1);
            assertThat(meters(context).get(PREFIX + "store.force").timer().count())
                    .isPositive();
            assertThat(meters(context).get(PREFIX + "history").gauge().value()).isEqualTo(1);
        });
    }

    @Test
    void whatIsOptimisticAndHeldBackIsCounted() {
        runner().run(context -> {
            SyncedCollection<String, Todo> todos = todos(context);
            assertThat(gauge(context, "rows.overlay")).isZero();
            backend.hold();
            TransactionHandle edit = todos.update("1", todo -> new Todo("1", "bread"));
            await().atMost(PATIENCE).until(() -> backend.calls.get() == 1);

            assertThat(gauge(context, "rows.overlay")).isEqualTo(1);
            assertThat(gauge(context, "rows.held")).isZero();
            context.getBean(io.statesync.source.StatePublisher.class)
                    .invalidate("todos")
                    .join();
            await().atMost(PATIENCE).until(() -> gauge(context, "rows.held") == 1);
            backend.release();
            edit.await(PATIENCE);
            assertThat(gauge(context, "rows.overlay")).isZero();
            assertThat(gauge(context, "rows.held")).isZero();
        });
    }

    @Test
    void whatWasRestoredAndInterruptedIsCounted() {
        backend.hold();
        runner().withPropertyValues("statesync.mutations.shutdown.drain-timeout=0s")
                .run(context -> {
                    TransactionHandle edit = todos(context).update("1", todo -> new Todo("1", "bread"));
                    TransactionHandle next = todos(context).update("1", todo -> new Todo("1", "cake"));
                    edit.durable().toCompletableFuture().join();
                    next.durable().toCompletableFuture().join();
                    await().atMost(PATIENCE).until(() -> backend.calls.get() == 1);
                });
        backend.release();

        runner().run(context -> await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(meters(context).get(PREFIX + "recovered").counter().count())
                    .isEqualTo(2);
            assertThat(meters(context).get(PREFIX + "interrupted").counter().count())
                    .isEqualTo(1);
        }));
    }

    @Test
    void anOwnBeanTakesTheTimes() {
        AtomicInteger mutated = new AtomicInteger();
        runner().withBean(MutationTimings.class, () -> new MutationTimings() {
                    @Override
                    public void mutated(long nanos) {
                        mutated.incrementAndGet();
                    }

                    @Override
                    public void locked(long nanos) {
                        // not asked for
                    }
                })
                .run(context -> {
                    todos(context).update("1", todo -> new Todo("1", "bread")).await(PATIENCE);
                    assertThat(mutated).hasValue(1);
                    assertThat(meters(context).find(PREFIX + "mutate").timer()).isNull();
                });
    }

    private static double gauge(ApplicationContext context, String name) {
        return meters(context)
                .get(PREFIX + name)
                .tag("collection", "todos")
                .gauge()
                .value();
    }

    private static MeterRegistry meters(ApplicationContext context) {
        return context.getBean(MeterRegistry.class);
    }

    @SuppressWarnings("unchecked")
    private static SyncedCollection<String, Todo> todos(ApplicationContext context) {
        SyncedCollection<String, Todo> todos = context.getBean(SyncedCollection.class);
        todos.ready().toCompletableFuture().join();
        return todos;
    }
}
