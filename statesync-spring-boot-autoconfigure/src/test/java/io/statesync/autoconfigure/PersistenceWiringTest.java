package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.persistence.Compression;
import io.statesync.persistence.Migrations;
import io.statesync.persistence.PersistenceListener;
import io.statesync.persistence.SnapshotValidator;
import io.statesync.spring.PersistedTopic;
import io.statesync.spring.Replicas;
import io.statesync.spring.RevisionSyncFactory;
import io.statesync.spring.SyncLifecycle;
import io.statesync.spring.SyncedTopic;
import io.statesync.state.SyncedState;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Properties and beans, and what becomes of them: each is saved by one application and restored by the next. */
class PersistenceWiringTest {

    @TempDir
    private Path directory;

    private final InMemoryShop<String> shop = new InMemoryShop<>("stock", "first");
    private final ApplicationContextRunner persisted = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    StateSyncAutoConfiguration.class,
                    StateSyncHttpAutoConfiguration.class,
                    StateSyncJdbcAutoConfiguration.class))
            .withUserConfiguration(Application.class)
            .withPropertyValues("statesync.defaults.startup=persisted-first");

    @Test
    void aDatabaseKeepsRecordsInATableThatIsCreated() {
        JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
        ApplicationContextRunner runner = persisted
                .withBean("database", DataSource.class, () -> database)
                .withPropertyValues("statesync.topics.stock.persistence.storage=jdbc");
        shop.serve(runner).run(context -> {
            awaitSaved(context);
            assertThat(new JdbcTemplate(database).queryForList("SELECT topic FROM statesync_record", String.class))
                    .containsExactly("stock");
            // the database lives as long as somebody is connected
            new AwayShop().serve(runner).run(PersistenceWiringTest::hasWhatWasSaved);
        });
    }

    @Test
    void compressionIntegrityAndASecretKeyAreUsed() {
        ApplicationContextRunner runner = inFiles(
                "statesync.defaults.persistence.compression=backwards",
                "statesync.defaults.persistence.integrity=hmac",
                "statesync.persistence.hmac-key=a secret of this test");
        shop.serve(runner).run(PersistenceWiringTest::awaitSaved);
        new AwayShop().serve(runner).run(PersistenceWiringTest::hasWhatWasSaved);
        new AwayShop()
                .serve(runner)
                .withPropertyValues(
                        "statesync.persistence.hmac-key=another secret key", "statesync.defaults.startup=background")
                .run(context -> {
                    await().until(() -> topic(context).statistics().loadErrors() > 0);
                    assertThat(sync(context).status().hasData()).isFalse();
                });
    }

    @Test
    void anOlderShapeIsMigratedValidatedAndWrittenBack() {
        shop.serve(inFiles()).run(PersistenceWiringTest::awaitSaved);

        new AwayShop().serve(inFiles()).withUserConfiguration(SecondShape.class).run(context -> {
            context.getBean(SyncLifecycle.class).awaitRequired();
            assertThat(copy(context).get()).isEqualTo("first, migrated");
            SecondShape heard = context.getBean(SecondShape.class);
            await().until(() -> topic(context).statistics().saves() == 1);
            assertThat(heard.validated).containsOnly("first, migrated");
            assertThat(heard.events).containsOnly("stock 1 -> 2");
        });
    }

    @Test
    void aTopicThatIsOpenedAtRunTimeIsPersistedToo() {
        ApplicationContextRunner runner = inFiles();
        shop.serve(runner).run(context -> {
            List<String> applied = new CopyOnWriteArrayList<>();
            RevisionSync<String> opened = context.getBean(RevisionSyncFactory.class)
                    .open("cache:1", String.class, snapshot -> applied.add(snapshot.data()));
            opened.startAsync().join();
            opened.close();
            assertThat(applied).containsExactly("first");
        });
        new AwayShop()
                .serve(runner)
                .withPropertyValues("statesync.defaults.startup=background")
                .run(context -> {
                    List<SnapshotEnvelope<String>> applied = new CopyOnWriteArrayList<>();
                    RevisionSync<String> opened =
                            context.getBean(RevisionSyncFactory.class).open("cache:1", String.class, applied::add);
                    assertThat(opened.startAsync()
                                    .handle((done, error) -> error)
                                    .join())
                            .isNotNull();
                    assertThat(applied).extracting(SnapshotEnvelope::data).containsExactly("first");
                });
    }

    private ApplicationContextRunner inFiles(String... properties) {
        return persisted
                .withPropertyValues(
                        "statesync.defaults.persistence.storage=file",
                        "statesync.persistence.file.directory=" + directory)
                .withPropertyValues(properties);
    }

    private static void awaitSaved(ApplicationContext context) {
        await().until(() -> topic(context).statistics().saves() == 1);
    }

    private static void hasWhatWasSaved(ApplicationContext context) {
        context.getBean(SyncLifecycle.class).awaitRequired();
        assertThat(copy(context).get()).isEqualTo("first");
    }

    private static PersistedTopic topic(ApplicationContext context) {
        return context.getBean(Replicas.class).all().get(0).persisted();
    }

    private static RevisionSync<?> sync(ApplicationContext context) {
        return context.getBean("revisionSync.stock", RevisionSync.class);
    }

    @SuppressWarnings("unchecked") // as it is declared
    private static SyncedState<String> copy(ApplicationContext context) {
        return context.getBean("copy", SyncedState.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        @SyncedTopic("stock")
        SyncedState<String> copy() {
            return SyncedState.create();
        }

        @Bean
        Compression backwards() {
            return new Backwards();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondShape {

        final List<String> validated = new CopyOnWriteArrayList<>();
        final List<String> events = new CopyOnWriteArrayList<>();

        @Bean
        @SyncedTopic("stock")
        Migrations<JsonNode> shapes() {
            return Migrations.<JsonNode>to(2)
                    .step(1, stock -> StringNode.valueOf(stock.stringValue() + ", migrated"))
                    .build();
        }

        @Bean
        SnapshotValidator<String> looking() {
            return snapshot -> validated.add(snapshot.data());
        }

        /** For data that no topic here has: it is never asked. */
        @Bean
        SnapshotValidator<Integer> elsewhere() {
            return snapshot -> {
                throw new IllegalStateException("not a number");
            };
        }

        @Bean
        @SyncedTopic("stock")
        PersistenceListener hearing() {
            return new PersistenceListener() {
                @Override
                public void migrated(String topic, Revision revision, int fromSchema, int toSchema) {
                    events.add(topic + " " + fromSchema + " -> " + toSchema);
                }
            };
        }
    }

    /** Not shorter, but not what was written. */
    private static final class Backwards implements Compression {

        @Override
        public int id() {
            return FIRST_CUSTOM_ID;
        }

        @Override
        public String name() {
            return "inverted";
        }

        @Override
        public OutputStream compress(OutputStream out) {
            return new FilterOutputStream(out) {
                @Override
                public void write(int b) throws IOException {
                    out.write(~b);
                }
            };
        }

        @Override
        public InputStream decompress(InputStream in) {
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    int next = in.read();
                    return next < 0 ? next : ~next & 0xff;
                }
            };
        }
    }
}
