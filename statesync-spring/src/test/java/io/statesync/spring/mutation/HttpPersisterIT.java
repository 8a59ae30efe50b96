package io.statesync.spring.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.statesync.Revision;
import io.statesync.mutation.MutationRetry;
import io.statesync.mutation.MutationTransaction;
import io.statesync.mutation.RowModel;
import io.statesync.mutation.SyncConfig;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.SyncedCollections;
import io.statesync.mutation.SyncedRows;
import io.statesync.mutation.store.TransactionState;
import io.statesync.spring.jdbc.IdempotentChanges;
import io.statesync.spring.jdbc.JdbcTables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.RestClient;

/** Transactions over HTTP to a server that answers as it is told, and applies each key once. */
class HttpPersisterIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Map<String, String>> received = new CopyOnWriteArrayList<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final JdbcConnectionPool pool =
            JdbcConnectionPool.create("jdbc:h2:mem:http;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000", "sa", "");
    private final JdbcTemplate database = new JdbcTemplate(pool);
    private final IdempotentChanges changes = new IdempotentChanges(
            pool, new TransactionTemplate(new DataSourceTransactionManager(pool)), JdbcTables.DEFAULT);

    private HttpServer server;
    private SyncedCollections collections;
    private RestClient client;

    record Item(String id, int pieces) {}

    /** What the server says; {@code lost}: after it has applied the change, nothing. */
    record Answer(int status, Map<String, String> headers, String body, boolean lost) {
        static Answer of(int status) {
            return new Answer(status, Map.of(), "", false);
        }

        Answer with(String header, String value) {
            return new Answer(status, Map.of(header, value), body, lost);
        }
    }

    @BeforeEach
    void start() throws IOException {
        DatabasePopulatorUtils.execute(
                new ResourceDatabasePopulator(new ClassPathResource("io/statesync/spring/jdbc/schema-h2.sql")), pool);
        database.execute("CREATE TABLE IF NOT EXISTS applied (n INTEGER)");
        database.update("DELETE FROM applied");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/stock", this::serve);
        server.start();
        client = RestClient.create("http://127.0.0.1:" + server.getAddress().getPort());
        collections = SyncedCollections.builder()
                .retry(MutationRetry.DEFAULT.withDelays(Duration.ofMillis(1), 1, Duration.ofMillis(1)))
                .awaitSyncTimeout(Duration.ofMillis(50))
                .build();
        collections.start();
    }

    @AfterEach
    void stop() {
        collections.close();
        server.stop(0);
        pool.dispose();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            String match = exchange.getRequestHeaders().getFirst("If-Match");
            received.add(Map.of("key", key, "match", match == null ? "" : match, "body", body));
            Answer answer = answers.isEmpty()
                    ? new Answer(200, Map.of("Content-Type", "application/json"), "{\"revision\":\"7\"}", false)
                    : answers.remove();
            if (answer.status() < 300) {
                changes.once(key, () -> database.update("INSERT INTO applied VALUES (1)"));
            }
            if (answer.lost()) {
                return;
            }
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private SyncedCollection<String, Item> stock(HttpPersister persister) {
        SyncedCollection<String, Item> stock = collections.open(SyncConfig.of(
                        "stock",
                        RowModel.<String, Item>ofRecord(Item.class, Item::id),
                        sink -> CompletableFuture.completedStage(
                                new SyncedRows<>(new Revision(5), List.of(new Item("a", 1)))))
                .withMutationFn(persister));
        stock.ready().toCompletableFuture().join();
        return stock;
    }

    private MutationTransaction edit(HttpPersister persister) throws Exception {
        return stock(persister).update("a", item -> new Item("a", 2)).await(PATIENCE);
    }

    private HttpPersister posting() {
        return HttpPersister.posting(client, "/stock");
    }

    private int applied() {
        return database.queryForObject("SELECT COUNT(*) FROM applied", Integer.class);
    }

    @Test
    void aTransactionIsOneRequestWithItsKeyAndItsChanges() throws Exception {
        MutationTransaction done = edit(posting().withIfMatch());

        assertThat(done.state()).isEqualTo(TransactionState.COMPLETED);
        assertThat(done.persistedRevisions()).containsValue(new Revision(7));
        assertThat(received).hasSize(1);
        assertThat(received.get(0)).containsEntry("key", done.idempotencyKey()).containsEntry("match", "\"5\"");
        assertThat(received.get(0).get("body"))
                .contains("\"type\":\"update\"", "\"key\":\"a\"", "\"changes\":{\"pieces\":2}", "\"id\":\"a\"");
    }

    /* MU-T5, MU-R2: the backend has it, and the client cannot know. */
    @Test
    void anAnswerThatIsLostLeadsToARepetitionWithTheSameKeyThatIsAppliedOnce() throws Exception {
        answers.add(new Answer(200, Map.of(), "", true));
        answers.add(new Answer(200, Map.of(), "", true));

        MutationTransaction done = edit(posting());

        assertThat(done.state()).isEqualTo(TransactionState.COMPLETED);
        assertThat(received).hasSizeGreaterThanOrEqualTo(3);
        assertThat(received.stream().map(it -> it.get("key")).distinct()).containsExactly(done.idempotencyKey());
        assertThat(applied()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void whatPassesIsTriedAgain(int status) throws Exception {
        answers.add(Answer.of(status));

        MutationTransaction done = edit(posting());

        assertThat(done.state()).isEqualTo(TransactionState.COMPLETED);
        assertThat(done.attempts()).hasSize(2);
        assertThat(done.attempts().get(0).error())
                .isInstanceOfSatisfying(
                        HttpPersistException.class,
                        error -> assertThat(error.status()).isEqualTo(status));
    }

    /* MU-R3 */
    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 409, 410, 412, 422, 501, 505})
    void whatIsRefusedIsNotTriedAgain(int status) throws Exception {
        answers.add(Answer.of(status));

        MutationTransaction failed = edit(posting());

        assertThat(failed.state()).isEqualTo(TransactionState.FAILED);
        assertThat(failed.attempts()).hasSize(1);
        assertThat(failed.error().error()).isInstanceOfSatisfying(HttpRefusedException.class, error -> {
            assertThat(error.status()).isEqualTo(status);
            assertThat(error.isConflict()).isEqualTo(status == 409 || status == 412);
        });
        assertThat(applied()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "Thu, 01 Jan 2026 00:01:00 GMT"})
    void retryAfterIsObeyed(String wait) throws Exception {
        answers.add(Answer.of(429).with("Retry-After", wait));
        SyncedCollection<String, Item> stock = stock(posting().withClock(InstantSource.fixed(NOW)));

        var edit = stock.update("a", item -> new Item("a", 2));

        await().until(() -> edit.snapshot().attempts().size() == 1
                && edit.snapshot().attempts().get(0).retryScheduledFor() != null);
        var attempt = edit.snapshot().attempts().get(0);
        assertThat(Duration.between(attempt.completedAt(), attempt.retryScheduledFor()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(59));
        assertThat(edit.cancel()).isTrue();
    }

    @Test
    void aConflictThatNamesATimeIsARequestWithTheSameKeyThatRuns() throws Exception {
        answers.add(Answer.of(409).with("Retry-After", "0"));

        assertThat(edit(posting()).attempts()).hasSize(2);
    }

    @Test
    void withoutABodyTheRevisionIsThatOfTheTag() throws Exception {
        answers.add(Answer.of(204).with("ETag", "\"9\""));

        assertThat(edit(posting()).persistedRevisions()).containsValue(new Revision(9));
    }

    /* MU-S4: a success is a success, whatever stands in its answer. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"revision\":7}", "{\"revision\":\"seven\"}", "<html>", "{", "{}", ""})
    void aSuccessWithoutAReadableRevisionIsNotSentAgain(String body) throws Exception {
        answers.add(new Answer(200, Map.of("Content-Type", "application/json"), body, false));

        MutationTransaction done = edit(posting());

        assertThat(done.state()).isEqualTo(TransactionState.COMPLETED);
        assertThat(done.persistedRevisions()).isEmpty();
        assertThat(received).hasSize(1);
    }

    @Test
    void severalTopicsHaveARevisionEach() throws Exception {
        answers.add(new Answer(
                200,
                Map.of("Content-Type", "application/json"),
                "{\"revisions\":{\"stock\":\"7\",\"orders\":\"8\"}}",
                false));

        assertThat(edit(posting()).persistedRevisions())
                .containsEntry("stock", new Revision(7))
                .containsEntry("orders", new Revision(8));
    }
}
