package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.mutation.MutationTransaction;
import io.statesync.mutation.PersistContext;
import io.statesync.mutation.PersistResult;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.TransactionHandle;
import io.statesync.mutation.store.TransactionState;
import io.statesync.source.RevisionCounter;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.jdbc.IdempotentChanges;
import io.statesync.spring.jdbc.JdbcTables;
import io.statesync.spring.mutation.HttpPersister;
import io.statesync.spring.mutation.MutationHandler;
import io.statesync.spring.mutation.SyncedCollectionFactory;
import io.statesync.spring.mutation.TransactionRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.server.ResponseStatusException;

/** A replica that edits what a source with a database has, wired by the starter alone, as docs/mutations-spring.md shows it. */
class MutationsOverHttpIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final List<ConfigurableApplicationContext> contexts = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        List.copyOf(contexts).forEach(ConfigurableApplicationContext::close);
    }

    /* MU-S5, MU-S7, MU-T5: the source fails after its commit, so that the same transaction comes again. */
    @Test
    void anEditGoesThereOnceAndComesBackConfirmed() throws Exception {
        ConfigurableApplicationContext source = source();
        SyncedCollection<String, Item> stock = replica(source);
        Stock there = source.getBean(Stock.class);
        there.failures.set(2);

        TransactionHandle sold = stock.update("tea", item -> new Item("tea", item.pieces() - 1));

        assertThat(stock.get("tea")).isEqualTo(new Item("tea", 9));
        MutationTransaction done = sold.await(PATIENCE);
        assertThat(done.state()).isEqualTo(TransactionState.COMPLETED);
        assertThat(done.syncConfirmed()).isTrue();
        assertThat(done.attempts()).hasSize(3);
        assertThat(there.requests).hasValue(3);
        assertThat(there.applied).hasValue(1);
        assertThat(there.read()).containsExactly(new Item("tea", 9));
    }

    /* MU-R3, MU-O6: what others changed is there when the refused edit is gone. */
    @Test
    void aRefusedEditLeavesWhatTheSourceHas() throws Exception {
        ConfigurableApplicationContext source = source();
        SyncedCollection<String, Item> stock = replica(source);

        MutationTransaction failed =
                stock.update("tea", item -> new Item("tea", -1)).await(PATIENCE);

        assertThat(failed.state()).isEqualTo(TransactionState.FAILED);
        assertThat(failed.attempts()).hasSize(1);
        assertThat(stock.get("tea")).isEqualTo(new Item("tea", 10));
        source.getBean(JdbcTemplate.class).update("UPDATE stock SET pieces = 20");
        source.getBean(StatePublisher.class).invalidate("stock").join();
        await().until(() -> stock.get("tea").pieces() == 20);
    }

    private ConfigurableApplicationContext source() {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Source.class)
                .properties(
                        "server.port=0",
                        "spring.datasource.url=jdbc:h2:mem:" + directory.getFileName() + ";DB_CLOSE_DELAY=-1",
                        "statesync.counter=jdbc",
                        "statesync.topics.stock.expose=true")
                .run();
        contexts.add(context);
        return context;
    }

    @SuppressWarnings("unchecked")
    private SyncedCollection<String, Item> replica(ConfigurableApplicationContext source) {
        String url = "http://localhost:"
                + ((WebServerApplicationContext) source).getWebServer().getPort();
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Replica.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "statesync.sources.shop.urls=" + url,
                        "statesync.mutations.directory=" + directory,
                        "statesync.mutations.retry.initial=10ms",
                        "source.url=" + url)
                .run();
        contexts.add(0, context);
        return context.getBean(SyncedCollection.class);
    }

    record Item(String sku, int pieces) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Source {
        @Bean
        IdempotentChanges changes(JdbcTemplate database, TransactionTemplate transactions, JdbcTables tables) {
            return new IdempotentChanges(database.getDataSource(), transactions, tables);
        }

        @Bean
        Stock stock(
                JdbcTemplate database, IdempotentChanges changes, StatePublisher publisher, RevisionCounter counter) {
            database.execute("CREATE TABLE stock (sku VARCHAR(20), pieces INTEGER)");
            database.update("INSERT INTO stock VALUES ('tea', 10)");
            return new Stock(database, changes, publisher, counter);
        }
    }

    @RestController
    static class Stock {
        final AtomicInteger failures = new AtomicInteger();
        final AtomicInteger requests = new AtomicInteger();
        final AtomicInteger applied = new AtomicInteger();
        private final JdbcTemplate database;
        private final IdempotentChanges changes;
        private final StatePublisher publisher;
        private final RevisionCounter counter;

        Stock(JdbcTemplate database, IdempotentChanges changes, StatePublisher publisher, RevisionCounter counter) {
            this.database = database;
            this.changes = changes;
            this.publisher = publisher;
            this.counter = counter;
        }

        @TopicSource("stock")
        List<Item> read() {
            return database.query(
                    "SELECT sku, pieces FROM stock", (row, n) -> new Item(row.getString(1), row.getInt(2)));
        }

        @PostMapping("/stock/transactions")
        Map<String, String> apply(@RequestHeader("Idempotency-Key") String key, @RequestBody TransactionRequest request)
                throws Exception {
            requests.incrementAndGet();
            changes.once(key, () -> write(request));
            if (failures.getAndDecrement() > 0) {
                throw new ResponseStatusException(HttpStatus.BAD_GATEWAY);
            }
            return Map.of(
                    "revision", counter.current(List.of("stock")).get("stock").toString());
        }

        private void write(TransactionRequest request) {
            for (TransactionRequest.Mutation mutation : request.mutations()) {
                int pieces = (Integer) mutation.changes().get("pieces");
                if (pieces < 0) {
                    throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT);
                }
                database.update("UPDATE stock SET pieces = ? WHERE sku = ?", pieces, mutation.key());
            }
            applied.incrementAndGet();
            publisher.invalidate("stock");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(excludeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
    static class Replica {
        @Bean
        @SyncedTopic("stock")
        SyncedCollection<String, Item> stock(SyncedCollectionFactory collections) {
            return collections.open("stock", Item::sku);
        }

        @Bean
        Persisting persisting(RestClient.Builder builder, Environment environment) {
            return new Persisting(HttpPersister.posting(
                    builder.baseUrl(environment.getRequiredProperty("source.url"))
                            .build(),
                    "/stock/transactions"));
        }
    }

    record Persisting(HttpPersister persister) {
        @MutationHandler("stock")
        CompletionStage<PersistResult> persist(PersistContext transaction) {
            return persister.persist(transaction);
        }
    }
}
