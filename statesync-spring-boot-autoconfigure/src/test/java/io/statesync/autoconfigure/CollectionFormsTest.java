package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.mutation.ConnectivityGate;
import io.statesync.mutation.ErrorClassifier;
import io.statesync.mutation.FailureHandler;
import io.statesync.mutation.MutationStrategy;
import io.statesync.mutation.MutationTransaction;
import io.statesync.mutation.PersistContext;
import io.statesync.mutation.RowModel;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.Transactions;
import io.statesync.mutation.Verdict;
import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.StrategyType;
import io.statesync.mutation.store.TransactionState;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.mutation.MutationHandler;
import io.statesync.spring.mutation.SyncedCollectionFactory;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ResolvableType;

/** Other keys, other rows, other shapes of snapshots, another storage, and the beans that have a say. */
class CollectionFormsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    JacksonAutoConfiguration.class,
                    StateSyncAutoConfiguration.class,
                    StateSyncMutationAutoConfiguration.class))
            .withPropertyValues("statesync.mutations.storage=memory");

    @Test
    void aMapOfRecordsWithAnotherKey() {
        runner.withUserConfiguration(Items.class).run(context -> {
            SyncedCollection<String, Item> stock = collection(context);

            assertThat(stock.get("a")).isEqualTo(new Item("a", 1));
            MutationTransaction done =
                    stock.update("a", item -> new Item("a", 2)).await(PATIENCE);
            assertThat(done.state()).isEqualTo(TransactionState.COMPLETED);
            assertThat(done.strategy()).isEqualTo(StrategyType.ORDERED);
        });
    }

    @Test
    void rowsThatAreMapsWithAStrategyOfTheirOwn() {
        runner.withUserConfiguration(Maps.class).run(context -> {
            SyncedCollection<String, Map<String, Object>> stock = collection(context);

            MutationTransaction done =
                    stock.insert(Map.of("sku", "b", "pieces", 3)).await(PATIENCE);
            assertThat(done.state()).isEqualTo(TransactionState.COMPLETED);
            assertThat(done.strategy()).isEqualTo(StrategyType.PARALLEL);
            assertThat(stock.get("b")).containsEntry("pieces", 3);
        });
    }

    @Test
    void aSnapshotFromElsewhereIsReadIntoAListOfRows() {
        InMemoryShop<List<Item>> shop = new InMemoryShop<>("stock", List.of(new Item("a", 1)));
        shop.serve(runner.withUserConfiguration(Far.class)).run(context -> {
            SyncedCollection<String, Item> stock = collection(context);

            assertThat(stock.data()).containsOnlyKeys("a");
            Type read = shop.types().get(0);
            assertThat(ResolvableType.forType(read).toString())
                    .isEqualTo(ResolvableType.forClassWithGenerics(List.class, Item.class)
                            .toString());
            shop.source().set(List.of(new Item("a", 1), new Item("c", 9)));
            await().until(() -> stock.get("c") != null);
        });
    }

    /* MU-D1, MU-H1 */
    @Test
    void aDataSourceThatIsNamedKeepsTheTransactions() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:ledger;DB_CLOSE_DELAY=-1");
        ApplicationContextRunner storing = runner.withUserConfiguration(Items.class)
                .withBean("ledger", DataSource.class, () -> database)
                .withPropertyValues(
                        "statesync.mutations.storage=jdbc",
                        "statesync.mutations.data-source=ledger",
                        "statesync.mutations.store-name=here");
        AtomicReference<String> id = new AtomicReference<>();
        storing.run(context -> {
            SyncedCollection<String, Item> stock = collection(context);
            id.set(stock.update("a", item -> new Item("a", 2)).await(PATIENCE).id());
        });

        storing.run(context -> {
            collection(context);
            try (var history = context.getBean(Transactions.class).history(Query.ALL)) {
                assertThat(history.map(MutationTransaction::id)).containsExactly(id.get());
            }
        });
    }

    /* MU-R3, MU-R10, MU-H4 */
    @Test
    void theBeansHaveTheirSay() {
        AtomicBoolean reachable = new AtomicBoolean();
        AtomicReference<Runnable> opened = new AtomicReference<>();
        List<String> failed = new CopyOnWriteArrayList<>();
        runner.withUserConfiguration(Items.class)
                .withBean(ErrorClassifier.class, () -> (error, transaction) -> Verdict.FAIL)
                .withBean(FailureHandler.class, () -> transaction -> failed.add(transaction.id()))
                .withBean(ConnectivityGate.class, () -> new ConnectivityGate() {
                    @Override
                    public boolean open() {
                        return reachable.get();
                    }

                    @Override
                    public void onOpen(Runnable listener) {
                        opened.set(listener);
                    }
                })
                .run(context -> {
                    SyncedCollection<String, Item> stock = collection(context);
                    var edit = stock.update("a", item -> new Item("a", -1));
                    edit.durable().toCompletableFuture().join();
                    assertThat(edit.snapshot().attempts()).isEmpty();

                    reachable.set(true);
                    opened.get().run();

                    MutationTransaction done = edit.await(PATIENCE);
                    assertThat(done.state()).isEqualTo(TransactionState.FAILED);
                    assertThat(done.attempts()).hasSize(1);
                    await().untilAsserted(() -> assertThat(failed).containsExactly(edit.id()));
                });
    }

    @SuppressWarnings("unchecked")
    private static <T> SyncedCollection<String, T> collection(ApplicationContext context) {
        SyncedCollection<String, T> found = context.getBean(SyncedCollection.class);
        found.ready().toCompletableFuture().join();
        return found;
    }

    record Item(String sku, int pieces) {}

    @Configuration(proxyBeanMethods = false)
    static class Far {
        @Bean
        @SyncedTopic("stock")
        SyncedCollection<String, Item> stock(SyncedCollectionFactory collections) {
            return collections.open("stock", Item::sku);
        }
    }

    static class Items extends Far {
        @TopicSource("stock")
        Map<String, Item> read() {
            return Map.of("a", new Item("a", 1));
        }

        @MutationHandler("stock")
        void persist(PersistContext context) {
            Item item = (Item) context.transaction().mutations().get(0).modified();
            if (item.pieces() < 0) {
                throw new IllegalStateException("out of stock");
            }
        }
    }

    static class Maps {
        @Bean
        @SyncedTopic("stock")
        SyncedCollection<String, Map<String, Object>> stock(SyncedCollectionFactory collections) {
            return collections.open(
                    "stock", RowModel.ofMap("sku"), config -> config.withStrategy(MutationStrategy.PARALLEL));
        }

        @TopicSource("stock")
        List<Map<String, Object>> read() {
            return List.of(Map.of("sku", "a", "pieces", 1));
        }

        @MutationHandler("stock")
        void persist(PersistContext context) {}
    }
}
