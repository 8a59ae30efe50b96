package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.jdbc.JdbcStateStore;
import io.statesync.state.SyncedState;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two applications that have nothing in common but a PostgreSQL: no web server, no broker. */
class PostgresApplicationsIT {

    private static final String[] SOURCE = {
        "--statesync.counter=jdbc", "--statesync.announce=postgres", "--statesync.jdbc.initialize-schema=always"
    };

    private static final String[] REPLICA = {
        "--statesync.sources.db.events=postgres",
        "--statesync.sources.db.snapshots=jdbc",
        "--statesync.sources.db.probe-interval=1h",
        "--statesync.jdbc.initialize-schema=never"
    };

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Test
    void anEditReachesTheReplicaByPostgresAlone() {
        try (ConfigurableApplicationContext source = application(Source.class, SOURCE)) {
            JdbcStateStore store = source.getBean(JdbcStateStore.class);
            store.put("rates", Map.of("EUR", 1)).join();
            try (ConfigurableApplicationContext replica = application(Replica.class, REPLICA)) {
                @SuppressWarnings("unchecked")
                SyncedState<Map<String, Integer>> copy = replica.getBean(SyncedState.class);
                assertThat(copy.get()).containsEntry("EUR", 1);
                await("the probe is not needed").until(() -> live(replica));

                new TransactionTemplate(source.getBean(PlatformTransactionManager.class))
                        .executeWithoutResult(status -> {
                            store.put("rates", Map.of("EUR", 0));
                            status.setRollbackOnly();
                        });
                Revision second = store.put("rates", Map.of("EUR", 2)).join();

                await("the edit arrives").until(() -> copy.snapshot().revision().equals(second));
                assertThat(copy.get()).containsEntry("EUR", 2);
            }
        }
    }

    @Test
    void aConnectionThatTheServerEndsIsMadeAnew() {
        try (ConfigurableApplicationContext source = application(Source.class, SOURCE)) {
            JdbcStateStore store = source.getBean(JdbcStateStore.class);
            store.put("rates", Map.of("EUR", 3)).join();
            try (ConfigurableApplicationContext replica = application(Replica.class, REPLICA)) {
                @SuppressWarnings("unchecked")
                SyncedState<Map<String, Integer>> copy = replica.getBean(SyncedState.class);
                await().until(() -> listeners() == 1);

                new JdbcTemplate(postgres.getPostgresDatabase())
                        .queryForList("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE application_name = 'statesync db'");
                Revision next = store.put("rates", Map.of("EUR", 4)).join();

                await("the change that was missed is fetched")
                        .until(() -> copy.snapshot().revision().equals(next));
                await().until(() -> live(replica) && listeners() == 1);
            }
        }
    }

    private static boolean live(ConfigurableApplicationContext replica) {
        return replica.getBean(RevisionSync.class).status().state() == SyncState.LIVE;
    }

    private static int listeners() {
        return new JdbcTemplate(postgres.getPostgresDatabase())
                .queryForList("SELECT pid FROM pg_stat_activity WHERE application_name = 'statesync db'")
                .size();
    }

    private static ConfigurableApplicationContext application(Class<?> beans, String... arguments) {
        return new SpringApplicationBuilder(beans)
                .web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + url(), "spring.datasource.username=postgres")
                .run(arguments);
    }

    private static String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Source {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Replica {

        @Bean
        @SyncedTopic("rates")
        SyncedState<Map<String, Integer>> rates() {
            return SyncedState.create();
        }
    }
}
