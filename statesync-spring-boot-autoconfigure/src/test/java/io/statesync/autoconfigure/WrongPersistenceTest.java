package io.statesync.autoconfigure;

import io.statesync.persistence.InMemorySnapshotStorage;
import io.statesync.persistence.Migrations;
import io.statesync.persistence.SnapshotValidator;
import io.statesync.spring.PersistedStorage;
import io.statesync.spring.SnapshotStorageDriver;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** Persistence that is held wrong. */
class WrongPersistenceTest {

    private static final String KEPT = "statesync.topics.rates.persistence.";
    private static final String IN_MEMORY = KEPT + "storage=memory";

    private static final ApplicationContextRunner RUNNER = new InMemoryShop<>("rates", "one")
            .serve(new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(
                            StateSyncAutoConfiguration.class,
                            StateSyncHttpAutoConfiguration.class,
                            StateSyncJdbcAutoConfiguration.class,
                            StateSyncRedisAutoConfiguration.class))
                    .withUserConfiguration(Replica.class));

    static Stream<WrongSetup> all() {
        return Stream.of(storages(), directories(), versions(), others()).flatMap(it -> it);
    }

    private static Stream<WrongSetup> storages() {
        return Stream.of(
                wrong("a storage that nobody knows", RUNNER.withPropertyValues(KEPT + "storage=fiel"))
                        .says(
                                "statesync.topics.rates.persistence.storage names \"fiel\", which is not here.",
                                "Known here: file, jdbc, memory, none, redis.")
                        .advises("Correct the name, or declare a bean that is a SnapshotStorageDriver"),
                wrong("a storage without a name", RUNNER.withPropertyValues(KEPT + "storage="))
                        .says("statesync.topics.rates.persistence.storage is empty")
                        .advises("\"none\""),
                wrong(
                                "a storage whose library is missing",
                                RUNNER.withClassLoader(new FilteredClassLoader("org.springframework.jdbc"))
                                        .withPropertyValues("statesync.defaults.persistence.storage=jdbc"))
                        .says("persistence.storage names \"jdbc\", which is not here.")
                        .advises("spring-boot-starter-jdbc"),
                wrong("a storage without a database", RUNNER.withPropertyValues(KEPT + "storage=jdbc"))
                        .says("needs a database, but there is no DataSource bean.")
                        .advises("spring.datasource.url"),
                wrong("a storage without Redis", RUNNER.withPropertyValues(KEPT + "storage=redis"))
                        .says("statesync.topics.rates.persistence.storage=redis needs Redis")
                        .advises("spring.data.redis"),
                wrong(
                                "two storages of one name",
                                RUNNER.withUserConfiguration(TwoVaults.class)
                                        .withPropertyValues(KEPT + "storage=vault"))
                        .says(
                                "statesync.topics.rates.persistence.storage names \"vault\", but several SnapshotStorageDriver beans")
                        .advises("a name of its own"),
                wrong(
                                "a storage for data that nobody can write",
                                RUNNER.withClassLoader(new FilteredClassLoader("tools.jackson.databind"))
                                        .withPropertyValues(IN_MEMORY))
                        .says("nothing here can write the data of topic \"rates\"")
                        .advises("spring-boot-starter-jackson", "PersistedFormat"));
    }

    private static Stream<WrongSetup> directories() {
        return Stream.of(
                wrong("files without a directory", RUNNER.withPropertyValues(KEPT + "storage=file"))
                        .says("statesync.topics.rates.persistence.storage=file needs a directory, but"
                                + " statesync.persistence.file.directory is not set.")
                        .advises("/var/lib/shop/statesync"),
                wrong(
                                "a directory that cannot be created",
                                RUNNER.withPropertyValues(
                                        KEPT + "storage=file",
                                        "statesync.persistence.file.directory=" + file() + "/below"))
                        .says("statesync.persistence.file.directory is \"", "which is no directory")
                        .advises("may create and write to"),
                wrong(
                                "a directory that is a file",
                                RUNNER.withPropertyValues(
                                        KEPT + "storage=file", "statesync.persistence.file.directory=" + file()))
                        .says("statesync.persistence.file.directory is \"", "which is no directory")
                        .advises("may create and write to"),
                wrong(
                                "a directory that is never looked at",
                                RUNNER.withPropertyValues(
                                        KEPT + "storage=file",
                                        "statesync.persistence.file.directory=" + file().getParent(),
                                        "statesync.persistence.file.sibling-interval=0s"))
                        .says("statesync.persistence.file.sibling-interval must be longer than zero")
                        .advises("30s"));
    }

    private static Stream<WrongSetup> versions() {
        return Stream.of(
                wrong("a version of the data that is none", RUNNER.withPropertyValues(KEPT + "schema-version=0"))
                        .says("statesync.topics.rates.persistence.schema-version is 0")
                        .advises("1 or more"),
                wrong(
                                "a version of the data that nothing migrates to",
                                RUNNER.withPropertyValues(IN_MEMORY, KEPT + "schema-version=3"))
                        .says(
                                "statesync.topics.rates.persistence.schema-version is 3, but nothing migrates the records")
                        .advises("Migrations.to(3).step(2, ..)", "Migrations.none(3)"),
                wrong(
                                "a version of the data that the migrations do not lead to",
                                RUNNER.withUserConfiguration(ToTwo.class)
                                        .withPropertyValues(IN_MEMORY, KEPT + "schema-version=3"))
                        .says("schema-version is 3, but the migrations of topic \"rates\" lead to version 2")
                        .advises("remove the property"),
                wrong(
                                "migrations with a gap",
                                RUNNER.withUserConfiguration(Gap.class).withPropertyValues(IN_MEMORY))
                        .says("have steps from [1, 3] to version 4, but none from 2")
                        .advises(".step(2, ..)"),
                wrong(
                                "two migrations of one topic",
                                RUNNER.withUserConfiguration(ToTwo.class, Gap.class)
                                        .withPropertyValues(IN_MEMORY))
                        .says("Topic \"rates\" has 2 beans that are Migrations.")
                        .advises("Keep one Migrations bean"),
                wrong(
                                "a validator of another type",
                                RUNNER.withUserConfiguration(OfNumbers.class).withPropertyValues(IN_MEMORY))
                        .says("@SyncedTopic on bean \"numbers\"", "java.lang.Integer", "java.lang.String")
                        .advises("SnapshotValidator<java.lang.String>"));
    }

    private static Stream<WrongSetup> others() {
        return Stream.of(
                wrong("a negative time to live", RUNNER.withPropertyValues(KEPT + "ttl=-1h"))
                        .says("statesync.topics.rates.persistence.ttl must be longer than zero")
                        .advises("30s"),
                wrong(
                                "a wait for saves that is shorter than their debounce",
                                RUNNER.withPropertyValues(KEPT + "debounce=2s", KEPT + "max-wait=1s"))
                        .says("statesync.topics.rates.persistence: maxWait (PT1S) must not be shorter than debounce")
                        .advises("statesync.topics.rates.persistence.debounce"),
                wrong("a compression that nobody knows", RUNNER.withPropertyValues(IN_MEMORY, KEPT + "compression=zip"))
                        .says(
                                "statesync.topics.rates.persistence.compression names \"zip\", which is not here.",
                                "Known here: gzip, none.")
                        .advises("that is a Compression"),
                wrong("an integrity that is none", RUNNER.withPropertyValues(KEPT + "integrity=md5"))
                        .says("statesync.topics.rates.persistence.integrity", "\"md5\"", "none of its values")
                        .advises("\"crc32c\" or \"sha256\" or \"hmac\""),
                wrong("a key that nobody wrote", RUNNER.withPropertyValues(IN_MEMORY, KEPT + "integrity=hmac"))
                        .says("statesync.topics.rates.persistence.integrity is \"hmac\", but there is no key.")
                        .advises("statesync.persistence.hmac-key"),
                wrong("a key that is too short", RUNNER.withPropertyValues("statesync.persistence.hmac-key=secret"))
                        .says("statesync.persistence.hmac-key has 6 characters")
                        .advises("16 characters or more"),
                wrong("no time for the last save", RUNNER.withPropertyValues("statesync.persistence.close-timeout=0s"))
                        .says("statesync.persistence.close-timeout must be longer than zero")
                        .advises("30s"),
                wrong(
                                "a key of persistence that nobody knows",
                                RUNNER.withPropertyValues("statesync.persistence.file.dir=/tmp"))
                        .says("statesync.persistence.file.dir is no property of StateSync")
                        .advises("Did you mean statesync.persistence.file.directory?"),
                wrong(
                                "a start on a state that nobody keeps",
                                RUNNER.withPropertyValues("statesync.topics.rates.startup=persisted-first"))
                        .says("Topic \"rates\" is to start on its persisted state", "but nothing keeps it")
                        .advises("statesync.topics.rates.persistence.storage", "\"required\""),
                wrong(
                                "a copy of what this application is the source of",
                                RUNNER.withUserConfiguration(Source.class).withPropertyValues(IN_MEMORY))
                        .says(
                                "statesync.topics.rates.persistence.storage is \"memory\", but the source of topic \"rates\" is"
                                        + " this application")
                        .advises("Remove the property"),
                wrong(
                                "a copy of what is only served here",
                                RUNNER.withUserConfiguration(Stock.class)
                                        .withPropertyValues("statesync.topics.stock.persistence.storage=memory"))
                        .says("but the source of topic \"stock\" is this application")
                        .advises("Remove the property"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void saysWhatIsWrongAndWhatToWrite(WrongSetup wrong) {
        wrong.check();
    }

    private static WrongSetup wrong(String what, ApplicationContextRunner runner) {
        return new WrongSetup(what, runner, List.of(), List.of());
    }

    private static Path file() {
        try {
            Path file = Files.createTempFile("statesync", ".txt");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SnapshotStorageDriver vault() {
        return new NamedStorageDriver("vault", property -> PersistedStorage.of(new InMemorySnapshotStorage()));
    }

    @Configuration(proxyBeanMethods = false)
    static class Replica {

        @Bean
        @SyncedTopic("rates")
        SyncedState<String> rates() {
            return SyncedState.create();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoVaults {

        @Bean
        SnapshotStorageDriver first() {
            return vault();
        }

        @Bean
        SnapshotStorageDriver second() {
            return vault();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ToTwo {

        @Bean
        @SyncedTopic("rates")
        Migrations<JsonNode> toTwo() {
            return Migrations.<JsonNode>to(2).step(1, rates -> rates).build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Gap {

        @Bean
        @SyncedTopic("rates")
        Migrations<JsonNode> toFour() {
            return Migrations.<JsonNode>to(4)
                    .step(1, rates -> rates)
                    .step(3, rates -> rates)
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OfNumbers {

        @Bean
        @SyncedTopic("rates")
        SnapshotValidator<Integer> numbers() {
            return snapshot -> {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Source {

        @TopicSource("rates")
        String rates() {
            return "one";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Stock {

        @TopicSource("stock")
        String stock() {
            return "none";
        }
    }
}
