package io.statesync.autoconfigure;

import io.statesync.source.RevisionCounter;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Databases that are held wrong. */
class WrongDatabasesTest {

    private static final String H2 = "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID();

    private static final ApplicationContextRunner RUNNER = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StateSyncAutoConfiguration.class,
                    StateSyncHttpAutoConfiguration.class,
                    StateSyncJdbcAutoConfiguration.class,
                    StateSyncPostgresAutoConfiguration.class));

    private static final ApplicationContextRunner DATABASE =
            RUNNER.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class));

    static Stream<WrongSetup> all() {
        return Stream.of(
                wrong("a counter that nobody knows", RUNNER.withPropertyValues("statesync.counter=jbdc"))
                        .says("statesync.counter names \"jbdc\", which is not here. Known here: jdbc, memory.")
                        .advises("Correct the name, or declare a bean that is a CounterDriver"),
                wrong(
                                "a counter whose library is missing",
                                RUNNER.withClassLoader(new FilteredClassLoader("org.springframework.jdbc"))
                                        .withPropertyValues("statesync.counter=jdbc"))
                        .says("statesync.counter names \"jdbc\", which is not here. Known here: memory.")
                        .advises("spring-boot-starter-jdbc"),
                wrong(
                                "announcements whose library is missing",
                                RUNNER.withClassLoader(new FilteredClassLoader("org.postgresql"))
                                        .withPropertyValues("statesync.announce=postgres"))
                        .says("statesync.announce names \"postgres\", which is not here.")
                        .advises("org.postgresql:postgresql"),
                wrong("a counter without a database", RUNNER.withPropertyValues("statesync.counter=jdbc"))
                        .says("needs a database, but there is no DataSource bean.")
                        .advises("spring.datasource.url"),
                wrong(
                                "several databases of which none is marked",
                                RUNNER.withUserConfiguration(TwoDatabases.class)
                                        .withPropertyValues("statesync.announce=postgres"))
                        .says("statesync.announce=postgres needs a database, but there are several DataSource beans.")
                        .advises("@StateSyncDataSource"),
                wrong(
                                "events of a database that is not PostgreSQL",
                                DATABASE.withUserConfiguration(Replica.class)
                                        .withPropertyValues(
                                                H2,
                                                "statesync.sources.db.events=postgres",
                                                "statesync.sources.db.snapshots=jdbc"))
                        .says(
                                "statesync.sources.db.events=postgres needs PostgreSQL, but the database is reached by \"jdbc:h2:\".")
                        .advises("statesync.postgres.url"),
                wrong(
                                "events of a database that only the application knows",
                                RUNNER.withBean(DataSource.class, WrongDatabasesTest::h2)
                                        .withUserConfiguration(Replica.class)
                                        .withPropertyValues(
                                                "statesync.sources.db.events=postgres",
                                                "statesync.sources.db.snapshots=jdbc"))
                        .says("statesync.sources.db.events=postgres needs a connection of its own")
                        .advises("statesync.postgres.url"),
                wrong(
                                "tables that are not there",
                                DATABASE.withUserConfiguration(Source.class)
                                        .withPropertyValues(
                                                H2, "statesync.counter=jdbc", "statesync.jdbc.initialize-schema=never"))
                        .says("The topics [prices] have no revisions, since the counter does not answer: ")
                        .advises("statesync.jdbc.initialize-schema=always"),
                wrong(
                                "a database that is not there",
                                DATABASE.withUserConfiguration(Source.class)
                                        .withPropertyValues(
                                                "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none?connectTimeout=1",
                                                "spring.datasource.hikari.connection-timeout=250",
                                                "spring.datasource.hikari.initialization-fail-timeout=-1",
                                                "statesync.counter=jdbc",
                                                "statesync.jdbc.platform=postgresql",
                                                "statesync.jdbc.initialize-schema=never"))
                        .says("refused")
                        .advises("Start what statesync.counter names"),
                wrong(
                                "a counter of the application beside that of the database",
                                DATABASE.withBean(RevisionCounter.class, RevisionCounter::sequential)
                                        .withPropertyValues(H2, "statesync.counter=jdbc"))
                        .says("the application's own RevisionCounter bean comes before it")
                        .advises("Remove the bean"),
                wrong(
                                "a prefix that is none",
                                DATABASE.withPropertyValues(
                                        H2, "statesync.counter=jdbc", "statesync.jdbc.table-prefix=a b"))
                        .says("statesync.jdbc.table-prefix: \"a b\" is no prefix of table names")
                        .advises("statesync_"),
                wrong(
                                "a channel that is none",
                                DATABASE.withPropertyValues(
                                        H2,
                                        "statesync.announce=postgres",
                                        "statesync.postgres.channel=" + "x".repeat(64)))
                        .says("statesync.postgres.channel: ")
                        .advises("\"statesync\""),
                wrong(
                                "a key that nobody knows",
                                DATABASE.withPropertyValues(H2, "statesync.jdbc.initialise-schema=always"))
                        .says("statesync.jdbc.initialise-schema is no property of StateSync")
                        .advises("Did you mean statesync.jdbc.initialize-schema?"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void saysWhatIsWrongAndWhatToWrite(WrongSetup wrong) {
        wrong.check();
    }

    private static WrongSetup wrong(String what, ApplicationContextRunner runner) {
        return new WrongSetup(what, runner, List.of(), List.of());
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
