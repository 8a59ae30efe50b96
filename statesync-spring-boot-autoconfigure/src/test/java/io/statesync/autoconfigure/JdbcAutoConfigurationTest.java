package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.source.RevisionCounter;
import io.statesync.spring.InvalidatesTopic;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.jdbc.JdbcRevisionCounter;
import io.statesync.spring.jdbc.JdbcStateStore;
import io.statesync.state.SyncedState;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

/** Revisions and snapshots in a database, on H2. */
@ExtendWith(OutputCaptureExtension.class)
class JdbcAutoConfigurationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    StateSyncAutoConfiguration.class,
                    StateSyncHttpAutoConfiguration.class,
                    StateSyncJdbcAutoConfiguration.class,
                    StateSyncPostgresAutoConfiguration.class));

    private final ApplicationContextRunner database =
            runner.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());

    @Test
    void withNothingSetThereIsNoTableAndTheCounterIsInMemory() {
        database.withUserConfiguration(Shop.class).run(context -> {
            assertThat(context.getBean(RevisionCounter.class)).isNotInstanceOf(JdbcRevisionCounter.class);
            assertThat(context).doesNotHaveBean(JdbcStateStore.class).doesNotHaveBean("statesyncJdbcInitializer");
        });
    }

    @Test
    void revisionAndDataOfAnAnnotatedMethodCommitAndRollBackTogether() {
        database.withUserConfiguration(Shop.class)
                .withPropertyValues("statesync.counter=jdbc")
                .run(context -> {
                    Shop shop = context.getBean(Shop.class);
                    Revision first = current(context.getBean(RevisionCounter.class));

                    assertThatThrownBy(() -> shop.change(true)).hasMessage("no");
                    assertThat(current(context.getBean(RevisionCounter.class))).isEqualTo(first);
                    shop.change(false);

                    assertThat(current(context.getBean(RevisionCounter.class)).isNewerThan(first))
                            .isTrue();
                });
    }

    @Test
    void theRevisionIsIssuedInTheTransactionOfTheAnnotatedMethod() {
        database.withUserConfiguration(Shop.class)
                .withPropertyValues("statesync.counter=jdbc")
                .run(context -> {
                    new JdbcTemplate(context.getBean(DataSource.class)).execute("DROP TABLE statesync_revision");

                    assertThatThrownBy(() -> context.getBean(Shop.class).change(false))
                            .hasMessageContaining("statesync_revision".toUpperCase(Locale.ROOT));

                    // the change went with it
                    assertThat(new JdbcTemplate(context.getBean(DataSource.class))
                                    .queryForObject("SELECT count(*) FROM price", Integer.class))
                            .isZero();
                });
    }

    @Test
    void whatTheStoreTakesAReplicaReads() {
        database.withUserConfiguration(Replica.class)
                .withPropertyValues(
                        "statesync.counter=jdbc",
                        "statesync.sources.db.snapshots=jdbc",
                        "statesync.topics.rates.startup=background")
                .run(context -> {
                    JdbcStateStore store = context.getBean(JdbcStateStore.class);
                    @SuppressWarnings("unchecked")
                    SyncedState<List<Integer>> copy = context.getBean(SyncedState.class);

                    store.put("rates", List.of(1, 2)).join();
                    await().until(copy::hasValue);
                    assertThat(copy.get()).containsExactly(1, 2);
                    Revision second = store.put("rates", List.of(3)).join();

                    await().until(() -> copy.snapshot().revision().equals(second));
                    assertThat(copy.get()).containsExactly(3);
                });
    }

    @Test
    void aCounterOutsideTheTransactionsIsWarnedAbout(CapturedOutput output) {
        database.withUserConfiguration(Shop.class)
                .run(context -> assertThat(output)
                        .contains(
                                "Topics [prices] are changed in transactions, but their revisions are counted outside")
                        .contains("statesync.counter=jdbc"));
    }

    @Test
    void aCounterInsideTheTransactionsIsNot(CapturedOutput output) {
        database.withUserConfiguration(Shop.class)
                .withPropertyValues("statesync.counter=jdbc")
                .run(context -> assertThat(output).doesNotContain("counted outside"));
    }

    @Test
    void ofSeveralDatabasesTheMarkedOneIsUsed() {
        runner.withUserConfiguration(TwoDatabases.class)
                .withPropertyValues("statesync.counter=jdbc")
                .run(context -> {
                    context.getBean(RevisionCounter.class).next("prices");
                    JdbcTemplate marked = new JdbcTemplate(context.getBean("second", DataSource.class));
                    assertThat(marked.queryForObject("SELECT count(*) FROM statesync_revision", Integer.class))
                            .isEqualTo(1);
                });
    }

    @Test
    void aTableCanHaveAnotherNameFromAScriptOfTheApplication() {
        database.withPropertyValues(
                        "statesync.counter=jdbc",
                        "statesync.jdbc.table-prefix=shop_",
                        "statesync.jdbc.schema=classpath:shop-tables.sql")
                .run(context -> {
                    Revision issued = context.getBean(RevisionCounter.class).next("prices");
                    assertThat(new JdbcTemplate(context.getBean(DataSource.class))
                                    .queryForObject("SELECT revision FROM shop_revision", String.class))
                            .isEqualTo(issued.toString());
                });
    }

    private static Revision current(RevisionCounter counter) throws Exception {
        return counter.current(List.of("prices")).get("prices");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Shop {

        private final JdbcTemplate jdbc;

        Shop(DataSource dataSource) {
            jdbc = new JdbcTemplate(dataSource);
            jdbc.execute("CREATE TABLE IF NOT EXISTS price (amount INT)");
        }

        @TopicSource("prices")
        List<Integer> prices() {
            return jdbc.queryForList("SELECT amount FROM price", Integer.class);
        }

        @Transactional
        @InvalidatesTopic("prices")
        public void change(boolean failing) {
            jdbc.update("INSERT INTO price VALUES (1)");
            if (failing) {
                throw new IllegalStateException("no");
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Replica {

        @Bean
        @SyncedTopic("rates")
        SyncedState<List<Integer>> rates() {
            return SyncedState.create();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoDatabases {

        @Bean
        DataSource first() {
            return h2();
        }

        @Bean
        @StateSyncDataSource
        DataSource second() {
            return h2();
        }

        private static DataSource h2() {
            return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
        }
    }
}
