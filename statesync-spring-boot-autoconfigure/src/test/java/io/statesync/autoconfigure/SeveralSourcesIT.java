package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.jdbc.JdbcStateStore;
import io.statesync.spring.jdbc.PostgresServer;
import io.statesync.state.SyncedState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two instances of one source, which share a database: its counter, its data, its LISTEN and NOTIFY. */
class SeveralSourcesIT {

    private static final int READS = 10_000;
    private static final int READERS = 4;
    private static final Pattern BODY = Pattern.compile("\\{\"revision\":\"(\\d+)\",\"data\":(\\d+)}");

    private final List<AutoCloseable> open = new ArrayList<>();
    private PostgresServer postgres;
    private JdbcTemplate database;
    private ConfigurableApplicationContext one;
    private ConfigurableApplicationContext other;

    @BeforeEach
    void start() throws Exception {
        postgres = new PostgresServer();
        open.add(postgres);
        database = new JdbcTemplate(postgres.dataSource());
        database.execute("CREATE TABLE ledger (number bigint NOT NULL)");
        database.update("INSERT INTO ledger VALUES (0)");
        one = instance();
        other = instance();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void anEditAtOneInstanceReachesTheStompSessionsOfTheOther() {
        ConfigurableApplicationContext replica = application(
                Replica.class,
                WebApplicationType.NONE,
                "statesync.sources.shop.urls=" + url(other),
                "statesync.sources.shop.probe-interval=1h");
        await().until(() -> live(replica));

        Revision revision = edit(one);

        await("it was heard over the other")
                .until(() -> copy(replica).snapshot().revision().equals(revision));
        assertThat(copy(replica).get()).isEqualTo(1);
    }

    @Test
    void whatOneInstanceCommittedTheOtherServesAtOnceUnderItsRevision() throws Exception {
        Read before = read(HttpClient.newHttpClient(), url(other));
        Revision revision = edit(one);

        Read after = read(HttpClient.newHttpClient(), url(other));

        assertThat(before.number()).isZero();
        assertThat(after).isEqualTo(new Read(revision, 1));
    }

    @Test
    void noReadHasANewLabelAndOldDataWhileOneInstanceWritesAtFullSpeed() {
        Map<Revision, Long> numbers = new ConcurrentHashMap<>();
        AtomicBoolean reading = new AtomicBoolean(true);
        Executor threads = task -> new Thread(task).start();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(
                () -> {
                    for (long number = 1; reading.get(); number++) {
                        numbers.put(edit(one), number);
                    }
                },
                threads);
        ConcurrentLinkedQueue<Read> reads = new ConcurrentLinkedQueue<>();
        HttpClient client = HttpClient.newHttpClient();
        List<CompletableFuture<Void>> readers = Stream.generate(
                        () -> CompletableFuture.runAsync(() -> readAll(client, reads), threads))
                .limit(READERS)
                .toList();
        readers.forEach(CompletableFuture::join);
        reading.set(false);
        writing.join();

        assertThat(reads).hasSize(READS);
        assertThat(reads)
                .allSatisfy(read -> assertThat(read.number())
                        .as("%s", read)
                        .isGreaterThanOrEqualTo(numbers.getOrDefault(read.revision(), 0L)));
        assertThat(reads.stream().map(Read::revision).distinct().count()).isGreaterThan(100);
    }

    @Test
    void aReplicaThatReadsALaggingCopyOfTheDatabaseStaysBehindUntilTheRevisionIsThere() {
        JdbcStateStore store = one.getBean(JdbcStateStore.class);
        store.put("rates", 1).join();
        database.execute("CREATE DATABASE standby");
        JdbcTemplate standby = new JdbcTemplate(postgres.dataSource("standby"));
        standby.execute("CREATE TABLE statesync_snapshot (topic varchar(255) PRIMARY KEY, payload bytea NOT NULL)");
        standby.execute(
                "CREATE TABLE statesync_revision (topic varchar(255) PRIMARY KEY, revision numeric(20) NOT NULL)");
        replay(standby);
        ConfigurableApplicationContext replica = application(
                Rates.class,
                WebApplicationType.NONE,
                "spring.datasource.url=" + postgres.url().replaceAll("/[^/]*$", "/standby"),
                "statesync.postgres.url=" + postgres.url(),
                "statesync.sources.db.events=postgres",
                "statesync.sources.db.snapshots=jdbc",
                "statesync.sources.db.probe-interval=1h",
                "statesync.jdbc.initialize-schema=never");
        await().until(() -> live(replica));

        Revision revision = store.put("rates", 2).join();
        await("the catch-up asks again and again")
                .until(() -> replica.getBean(RevisionSync.class).status().behind());
        assertThat(copy(replica).get()).isEqualTo(1);
        replay(standby);

        await("it catches up").until(() -> copy(replica).snapshot().revision().equals(revision));
        assertThat(copy(replica).get()).isEqualTo(2);
    }

    /* What a database does to its standby, later: in one transaction, as it was committed. */
    private void replay(JdbcTemplate standby) {
        byte[] payload =
                database.queryForObject("SELECT payload FROM statesync_snapshot WHERE topic = 'rates'", byte[].class);
        Object revision =
                database.queryForObject("SELECT revision FROM statesync_revision WHERE topic = 'rates'", Object.class);
        standby.update("DELETE FROM statesync_snapshot");
        standby.update("DELETE FROM statesync_revision");
        standby.update("INSERT INTO statesync_snapshot VALUES ('rates', ?)", (Object) payload);
        standby.update("INSERT INTO statesync_revision VALUES ('rates', ?)", revision);
    }

    private void readAll(HttpClient client, ConcurrentLinkedQueue<Read> reads) {
        try {
            for (int i = 0; i < READS / READERS; i++) {
                reads.add(read(client, url(other)));
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Read read(HttpClient client, String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/statesync/snapshots/ledger"))
                .build();
        String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        Matcher parts = BODY.matcher(body);
        assertThat(parts.matches()).as(body).isTrue();
        return new Read(Revision.parse(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    private static Revision edit(ConfigurableApplicationContext instance) {
        return Objects.requireNonNull(
                        new TransactionTemplate(instance.getBean(PlatformTransactionManager.class)).execute(status -> {
                            instance.getBean(JdbcTemplate.class).update("UPDATE ledger SET number = number + 1");
                            return instance.getBean(StatePublisher.class).invalidate("ledger");
                        }))
                .join();
    }

    private static boolean live(ConfigurableApplicationContext replica) {
        return replica.getBean(RevisionSync.class).status().state() == SyncState.LIVE;
    }

    @SuppressWarnings("unchecked")
    private static SyncedState<Integer> copy(ConfigurableApplicationContext replica) {
        return replica.getBean(SyncedState.class);
    }

    private static String url(ConfigurableApplicationContext context) {
        return "http://127.0.0.1:"
                + Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                        .getPort();
    }

    private ConfigurableApplicationContext instance() {
        return application(
                Instance.class,
                WebApplicationType.SERVLET,
                "server.port=0",
                "server.address=127.0.0.1",
                "spring.datasource.url=" + postgres.url(),
                "statesync.counter=jdbc",
                "statesync.announce=postgres",
                "statesync.jdbc.initialize-schema=always",
                "statesync.topics.ledger.expose=true");
    }

    private ConfigurableApplicationContext application(Class<?> beans, WebApplicationType type, String... properties) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(beans)
                .web(type)
                .properties("spring.datasource.username=postgres", "spring.datasource.hikari.minimum-idle=0")
                .properties(properties)
                .run();
        open.add(0, context);
        return context;
    }

    private record Read(Revision revision, long number) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Instance {

        @Bean
        Ledger ledger(JdbcTemplate database) {
            return new Ledger(database);
        }
    }

    record Ledger(JdbcTemplate database) {

        @TopicSource("ledger")
        long number() {
            return Objects.requireNonNull(database.queryForObject("SELECT number FROM ledger", Long.class));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Replica {

        @Bean
        @SyncedTopic("ledger")
        SyncedState<Integer> copy() {
            return SyncedState.create();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Rates {

        @Bean
        @SyncedTopic("rates")
        SyncedState<Integer> copy() {
            return SyncedState.create();
        }
    }
}
