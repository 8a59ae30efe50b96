package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.autoconfigure.TodoBackend.Todo;
import io.statesync.mutation.Lane;
import io.statesync.mutation.MutationStrategy;
import io.statesync.mutation.MutationTransaction;
import io.statesync.mutation.PersistContext;
import io.statesync.mutation.PersistResult;
import io.statesync.mutation.RowModel;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.Transactions;
import io.statesync.mutation.store.StrategyType;
import io.statesync.mutation.store.TransactionState;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.mutation.MutationHandler;
import io.statesync.spring.mutation.SyncedCollectionFactory;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How transactions of a collection queue: by property for all, by its config for one. */
class StrategyAndLaneTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    JacksonAutoConfiguration.class,
                    StateSyncAutoConfiguration.class,
                    StateSyncMutationAutoConfiguration.class))
            .withPropertyValues("statesync.mutations.storage=memory", "statesync.mutations.shutdown.drain-timeout=0s");

    /* MU-O1, MU-O5 */
    @Test
    void byDefaultOtherRowsDoNotWait() {
        runner.withUserConfiguration(Plain.class).run(context -> {
            assertThat(edits(context)).extracting(MutationTransaction::strategy).containsOnly(StrategyType.ORDERED);
            assertThat(edits(context))
                    .extracting(MutationTransaction::queuedBehind)
                    .containsOnlyNulls();
        });
    }

    /* MU-O2 */
    @Test
    void aPropertyPutsAllRowsOfEachCollectionOnOneLane() {
        runner.withUserConfiguration(Plain.class)
                .withPropertyValues("statesync.mutations.lane=collection")
                .run(context -> assertThat(edits(context).get(1).state()).isEqualTo(TransactionState.QUEUED));
    }

    /* MU-P1 */
    @Test
    void aPropertyLetsNobodyWait() {
        runner.withUserConfiguration(Plain.class)
                .withPropertyValues("statesync.mutations.strategy=parallel")
                .run(context -> assertThat(edits(context))
                        .extracting(MutationTransaction::strategy)
                        .containsOnly(StrategyType.PARALLEL));
    }

    @Test
    void theConfigOfACollectionIsNearerThanTheProperties() {
        runner.withUserConfiguration(Own.class)
                .withPropertyValues("statesync.mutations.strategy=parallel")
                .run(context -> {
                    List<MutationTransaction> edits = edits(context);
                    assertThat(edits).extracting(MutationTransaction::strategy).containsOnly(StrategyType.ORDERED);
                    assertThat(edits.get(1).queuedBehind())
                            .isEqualTo(edits.get(0).id());
                });
    }

    /** One edit of each of two rows; the handler answers neither. */
    @SuppressWarnings("unchecked")
    private static List<MutationTransaction> edits(ApplicationContext context) {
        SyncedCollection<String, Todo> todos = context.getBean(SyncedCollection.class);
        todos.ready().toCompletableFuture().join();
        Transactions transactions = context.getBean(Transactions.class);
        if (transactions.active().isEmpty()) {
            todos.update("1", todo -> new Todo("1", "bread"));
            todos.update("2", todo -> new Todo("2", "cake"));
        }
        return transactions.active();
    }

    static class Rows {

        @TopicSource("todos")
        List<Todo> todos() {
            return List.of(new Todo("1", "milk"), new Todo("2", "eggs"));
        }

        @MutationHandler("todos")
        PersistResult hang(PersistContext context) throws InterruptedException {
            new CountDownLatch(1).await();
            return PersistResult.none();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Plain extends Rows {

        @Bean
        @SyncedTopic("todos")
        SyncedCollection<String, Todo> collection(SyncedCollectionFactory collections) {
            return collections.open("todos");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Own extends Rows {

        @Bean
        @SyncedTopic("todos")
        SyncedCollection<String, Todo> collection(SyncedCollectionFactory collections) {
            return collections.open(
                    "todos",
                    RowModel.ofRecord(Todo.class, Todo::id),
                    config -> config.withStrategy(MutationStrategy.ORDERED).withLane(Lane.COLLECTION));
        }
    }
}
