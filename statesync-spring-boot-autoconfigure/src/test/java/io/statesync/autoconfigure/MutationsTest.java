package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.autoconfigure.TodoBackend.Todo;
import io.statesync.mutation.MutationOption;
import io.statesync.mutation.MutationTransaction;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.SyncedCollections;
import io.statesync.mutation.TransactionEvent;
import io.statesync.mutation.TransactionHandle;
import io.statesync.mutation.Transactions;
import io.statesync.mutation.store.StoreHealth;
import io.statesync.mutation.store.TransactionState;
import io.statesync.spring.mutation.SyncedCollectionFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

/** A collection as a bean, its handlers, and what becomes of transactions when the context ends. */
class MutationsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final TodoBackend backend = new TodoBackend();

    private ApplicationContextRunner runner() {
        return TodoApplication.runner(backend, directory);
    }

    /* MU-M1, MU-C6, MU-S5: by a method that returns the revision that it made. */
    @Test
    void anEditIsVisibleAtOnceAndConfirmedByTheTopic() {
        runner().run(context -> {
            SyncedCollection<String, Todo> todos = todos(context);
            backend.hold();

            TransactionHandle edit = todos.update("1", todo -> new Todo("1", "bread"));

            assertThat(todos.get("1")).isEqualTo(new Todo("1", "bread"));
            assertThat(backend.rows()).containsExactly(new Todo("1", "milk"));
            backend.release();
            MutationTransaction done = edit.await(PATIENCE);
            assertThat(done.state()).isEqualTo(TransactionState.COMPLETED);
            assertThat(done.syncConfirmed()).isTrue();
            assertThat(backend.rows()).containsExactly(new Todo("1", "bread"));
            assertThat(context.getBean(Transactions.class).find(edit.id())).isPresent();
            assertThat(context.getBean(TodoApplication.TodoWriter.class).injected())
                    .isSameAs(todos);
        });
    }

    /* MU-M12 */
    @ParameterizedTest
    @ValueSource(strings = {"later", "silent"})
    void aHandlerMayAnswerLaterOrNothing(String fn) {
        runner().run(context -> {
            MutationTransaction done = todos(context)
                    .insert(new Todo("2", "eggs"), MutationOption.fn(fn))
                    .await(PATIENCE);

            assertThat(done.state()).isEqualTo(TransactionState.COMPLETED);
            assertThat(done.syncConfirmed()).isEqualTo(fn.equals("later"));
            assertThat(backend.rows()).contains(new Todo("2", "eggs"));
        });
    }

    /* MU-R3: what a handler throws comes out as it was thrown. */
    @Test
    void aRefusalEndsTheTransactionAtOnce() {
        runner().run(context -> {
            MutationTransaction failed = todos(context)
                    .insert(new Todo("2", "eggs"), MutationOption.fn("refused"))
                    .await(PATIENCE);

            assertThat(failed.state()).isEqualTo(TransactionState.FAILED);
            assertThat(failed.attempts()).hasSize(1);
            assertThat(failed.error().message()).contains("no more todos");
            assertThat(todos(context).get("2")).isNull();
        });
    }

    /* MU-D1, MU-D3, MU-D4, MU-R11: the embedded file is the default. */
    @Test
    void whatWasNotPersistedIsSentByTheNextContextWithTheSameKey() {
        backend.hold();
        runner().withPropertyValues("statesync.mutations.shutdown.drain-timeout=0s")
                .run(context -> {
                    TransactionHandle edit = todos(context).update("1", todo -> new Todo("1", "bread"));
                    edit.durable().toCompletableFuture().join();
                    await().until(() -> backend.calls.get() == 1);
                });
        backend.release();

        runner().run(context -> {
            await().atMost(PATIENCE).until(() -> backend.rows().contains(new Todo("1", "bread")));
            assertThat(backend.keys).hasSize(2);
            assertThat(backend.keys.get(1)).isEqualTo(backend.keys.get(0));
            assertThat(directory.resolve("transactions.db")).exists();
        });
    }

    /* MU-R10 */
    @Test
    void whileTheContextIsPausedNothingIsSentAndNothingIsLost() {
        runner().run(context -> {
            await().until(() -> todos(context).get("1") != null);
            ConfigurableApplicationContext paused = context.getSourceApplicationContext();
            paused.stop();

            TransactionHandle edit = todos(context).update("1", todo -> new Todo("1", "bread"));
            edit.durable().toCompletableFuture().join();
            assertThat(edit.snapshot().state()).isEqualTo(TransactionState.PENDING);
            assertThat(backend.calls).hasValue(0);

            paused.start();
            assertThat(edit.await(PATIENCE).state()).isEqualTo(TransactionState.COMPLETED);
        });
    }

    /* MU-T6 */
    @Test
    void transitionsAreApplicationEventsOnRequestOnly() {
        Heard heard = new Heard();
        ApplicationContextRunner listening = runner().withBean(Heard.class, () -> heard);
        listening.run(context -> todos(context)
                .insert(new Todo("2", "eggs"), MutationOption.fn("refused"))
                .await(PATIENCE));
        assertThat(heard.states).isEmpty();

        listening.withPropertyValues("statesync.mutations.events=true").run(context -> {
            todos(context)
                    .insert(new Todo("2", "eggs"), MutationOption.fn("refused"))
                    .await(PATIENCE);
            await().untilAsserted(() -> assertThat(heard.states)
                    .containsExactly(TransactionState.PENDING, TransactionState.PERSISTING, TransactionState.FAILED));
        });
    }

    /* MU-D2: by default it works on, and says so. */
    @Test
    void aSecondProcessWorksInMemoryUnlessItIsToldToFail() {
        runner().run(first -> {
            runner().run(second -> {
                assertThat(second).hasNotFailed();
                assertThat(second.getBean(SyncedCollections.class).storeHealth().problem())
                        .isNotNull();
                assertThat(todos(second)
                                .update("1", todo -> new Todo("1", "bread"))
                                .await(PATIENCE)
                                .state())
                        .isEqualTo(TransactionState.COMPLETED);
            });
            runner().withPropertyValues("statesync.mutations.second-process=fail")
                    .run(second ->
                            assertThat(second).getFailure().rootCause().hasMessageContaining("cannot be opened"));
        });
    }

    /* MU-D2: it is about a second process, and about nothing else. */
    @Test
    void aStorageInOtherTroubleDoesNotFailTheStart() throws IOException {
        Files.writeString(directory.resolve("transactions.db"), "not a database ".repeat(1_000));
        runner().withPropertyValues("statesync.mutations.second-process=fail").run(context -> {
            assertThat(context).hasNotFailed();
            StoreHealth health = context.getBean(SyncedCollections.class).storeHealth();
            assertThat(health.problem()).contains("cannot be opened");
            assertThat(health.usedElsewhere()).isFalse();
            assertThat(todos(context)
                            .update("1", todo -> new Todo("1", "bread"))
                            .await(PATIENCE)
                            .state())
                    .isEqualTo(TransactionState.COMPLETED);
        });
    }

    @Test
    void whereNoCollectionIsDeclaredNothingIsThere() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        StateSyncAutoConfiguration.class, StateSyncMutationAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("org.sqlite"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(SyncedCollections.class)
                        .doesNotHaveBean(SyncedCollectionFactory.class));
    }

    @Test
    void withoutTheModuleTheApplicationRuns() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        StateSyncAutoConfiguration.class, StateSyncMutationAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("io.statesync.mutation"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("statesyncMutationRegistrar"));
    }

    @SuppressWarnings("unchecked")
    private static SyncedCollection<String, Todo> todos(ApplicationContext context) {
        SyncedCollection<String, Todo> todos = context.getBean(SyncedCollection.class);
        todos.ready().toCompletableFuture().join();
        return todos;
    }

    static final class Heard {
        final List<TransactionState> states = new CopyOnWriteArrayList<>();

        @EventListener
        void on(TransactionEvent event) {
            states.add(event.to());
        }
    }
}
