package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.source.RevisionCounter;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every way to hold databases wrong: what is wrong, and what to write instead. */
class JdbcSetupFailuresTest {

    private static final String H2 = "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StateSyncAutoConfiguration.class,
                    StateSyncHttpAutoConfiguration.class,
                    StateSyncJdbcAutoConfiguration.class,
                    StateSyncPostgresAutoConfiguration.class));

    private final ApplicationContextRunner database =
            runner.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class));

    @Test
    void aCounterThatNobodyKnows() {
        expect(runner.withPropertyValues("statesync.counter=jbdc"))
                .says("statesync.counter names \"jbdc\", which is not here. Known here: jdbc, memory.")
                .advises("Correct the name");
    }

    @Test
    void aCounterWhoseLibraryIsMissing() {
        expect(runner.withClassLoader(new FilteredClassLoader("org.springframework.jdbc"))
                        .withPropertyValues("statesync.counter=jdbc"))
                .says("statesync.counter names \"jdbc\", which is not here. Known here: memory.")
                .advises("spring-boot-starter-jdbc");
    }

    @Test
    void announcementsWhoseLibraryIsMissing() {
        expect(runner.withClassLoader(new FilteredClassLoader("org.postgresql"))
                        .withPropertyValues("statesync.announce=postgres"))
                .says("statesync.announce names \"postgres\", which is not here.")
                .advises("org.postgresql:postgresql");
    }

    @Test
    void aCounterWithoutADatabase() {
        expect(runner.withPropertyValues("statesync.counter=jdbc"))
                .says("needs a database, but there is no DataSource bean.")
                .advises("spring.datasource.url");
    }

    @Test
    void severalDatabasesOfWhichNoneIsMarked() {
        expect(runner.withUserConfiguration(TwoDatabases.class).withPropertyValues("statesync.announce=postgres"))
                .says("statesync.announce=postgres needs a database, but there are several DataSource beans.")
                .advises("@StateSyncDataSource");
    }

    @Test
    void eventsOfADatabaseThatIsNotPostgres() {
        expect(database.withUserConfiguration(Replica.class)
                        .withPropertyValues(
                                H2, "statesync.sources.db.events=postgres", "statesync.sources.db.snapshots=jdbc"))
                .says(
                        "statesync.sources.db.events=postgres needs PostgreSQL, but the database is reached by \"jdbc:h2:\".")
                .advises("statesync.postgres.url");
    }

    @Test
    void eventsOfADatabaseThatOnlyTheApplicationKnows() {
        expect(runner.withBean(DataSource.class, JdbcSetupFailuresTest::h2)
                        .withUserConfiguration(Replica.class)
                        .withPropertyValues(
                                "statesync.sources.db.events=postgres", "statesync.sources.db.snapshots=jdbc"))
                .says("statesync.sources.db.events=postgres needs a connection of its own")
                .advises("statesync.postgres.url");
    }

    @Test
    void tablesThatAreNotThere() {
        expect(database.withUserConfiguration(Source.class)
                        .withPropertyValues(H2, "statesync.counter=jdbc", "statesync.jdbc.initialize-schema=never"))
                .says("The topics [prices] have no revisions, since the counter does not answer: ")
                .advises("statesync.jdbc.initialize-schema=always");
    }

    @Test
    void aDatabaseThatIsNotThere() {
        expect(database.withUserConfiguration(Source.class)
                        .withPropertyValues(
                                "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none?connectTimeout=1",
                                "spring.datasource.hikari.connection-timeout=250",
                                "spring.datasource.hikari.initialization-fail-timeout=-1",
                                "statesync.counter=jdbc",
                                "statesync.jdbc.platform=postgresql",
                                "statesync.jdbc.initialize-schema=never"))
                .says("refused")
                .advises("Start what statesync.counter names");
    }

    @Test
    void aCounterOfTheApplicationBesideThatOfTheDatabase() {
        expect(database.withBean(RevisionCounter.class, RevisionCounter::sequential)
                        .withPropertyValues(H2, "statesync.counter=jdbc"))
                .says("the application's own RevisionCounter bean comes before it")
                .advises("Remove the bean");
    }

    @Test
    void aPrefixThatIsNone() {
        expect(database.withPropertyValues(H2, "statesync.counter=jdbc", "statesync.jdbc.table-prefix=a b"))
                .says("statesync.jdbc.table-prefix: \"a b\" is no prefix of table names")
                .advises("statesync_");
    }

    @Test
    void aChannelThatIsNone() {
        expect(database.withPropertyValues(
                        H2, "statesync.announce=postgres", "statesync.postgres.channel=" + "x".repeat(64)))
                .says("statesync.postgres.channel: ")
                .advises("\"statesync\"");
    }

    @Test
    void aKeyThatNobodyKnows() {
        expect(database.withPropertyValues(H2, "statesync.jdbc.initialise-schema=always"))
                .says("statesync.jdbc.initialise-schema is no property of StateSync")
                .advises("Did you mean statesync.jdbc.initialize-schema?");
    }

    private static Expected expect(ApplicationContextRunner application) {
        return new Expected(Analyses.of(application));
    }

    private record Expected(String analysis) {

        Expected says(String description) {
            assertThat(analysis).contains(description);
            return this;
        }

        void advises(String action) {
            assertThat(analysis.substring(analysis.indexOf("ACTION: "))).contains(action);
        }
    }

    private static DataSource h2() {
        return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoDatabases {

        @Bean
        DataSource first() {
            return h2();
        }

        @Bean
        DataSource second() {
            return h2();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Source {

        @TopicSource("prices")
        String prices() {
            return "none";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Replica {

        @Bean
        @SyncedTopic("rates")
        SyncedState<String> rates() {
            return SyncedState.create();
        }
    }
}
