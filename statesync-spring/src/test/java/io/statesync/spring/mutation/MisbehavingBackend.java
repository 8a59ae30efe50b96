package io.statesync.spring.mutation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.statesync.spring.jdbc.IdempotentChanges;
import io.statesync.spring.jdbc.JdbcTables;
import io.statesync.spring.mutation.SendingEvidence.Call;
import io.statesync.spring.mutation.SendingEvidence.Reported;
import io.statesync.spring.mutation.SendingEvidence.Written;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * A backend with a database, which applies each key once, records what it is sent, and is unavailable, slow, refuses, or
 * hangs up after it has applied a change. Each process that sends to it has a server of its own: what such a process has
 * sent and the backend has not begun with when the process is dead is lost, as in a network.
 */
final class MisbehavingBackend implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final JdbcConnectionPool pool;
    private final JdbcTemplate database;
    private final IdempotentChanges changes;
    private final JsonMapper json = JsonMapper.shared();
    private final long seed;

    /* guarded by lock */
    private final SendingEvidence evidence = new SendingEvidence();
    private final Map<Conduct, Integer> conducted = new LinkedHashMap<>();
    private final Random random;
    private HttpServer server;
    private int life;
    private int repetitions;

    /** What it does with a transaction. */
    private enum Conduct {
        WELL,
        SLOW,
        HANGS_UP,
        UNAVAILABLE,
        REFUSES
    }

    MisbehavingBackend(Path directory, long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        pool = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("backend"), "sa", "");
        database = new JdbcTemplate(pool);
        changes = new IdempotentChanges(
                pool, new TransactionTemplate(new DataSourceTransactionManager(pool)), JdbcTables.DEFAULT);
        DatabasePopulatorUtils.execute(
                new ResourceDatabasePopulator(new ClassPathResource("io/statesync/spring/jdbc/schema-h2.sql")), pool);
        database.execute("CREATE TABLE stock (sku VARCHAR(20) PRIMARY KEY, serial BIGINT)");
        database.execute("CREATE TABLE written (n BIGINT GENERATED ALWAYS AS IDENTITY, idempotency_key VARCHAR(200),"
                + " serial BIGINT, sku VARCHAR(20))");
        EditingProcess.SKUS.forEach(sku -> database.update("INSERT INTO stock VALUES (?, 0)", sku));
    }

    /** Serves the next process. Returns where. */
    String serve() throws IOException {
        lock.lock();
        try {
            int itsLife = ++life;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/stock", exchange -> answer(exchange, 200, snapshot()));
            server.createContext("/failed", exchange -> failed(exchange, itsLife));
            server.createContext("/transactions", exchange -> take(exchange, itsLife));
            server.start();
            return "http://127.0.0.1:" + server.getAddress().getPort();
        } finally {
            lock.unlock();
        }
    }

    /** The process is dead. */
    void processDied() {
        HttpServer its;
        lock.lock();
        try {
            life++;
            its = server;
        } finally {
            lock.unlock();
        }
        its.stop(0);
    }

    private void take(HttpExchange exchange, int itsLife) throws IOException {
        TransactionRequest request = json.readValue(body(exchange), TransactionRequest.class);
        String key = exchange.getRequestHeaders().getFirst(HttpPersister.IDEMPOTENCY_KEY);
        Conduct conduct;
        int delay;
        lock.lock();
        try {
            if (itsLife != life) {
                exchange.close();
                return;
            }
            conduct = conduct(key);
            delay = 1 + random.nextInt(40);
            conducted.merge(conduct, 1, Integer::sum);
            evidence.arrivals.add(call(key, request));
            if (conduct.ordinal() <= Conduct.HANGS_UP.ordinal() && !changes.once(key, () -> write(key, request))) {
                repetitions++;
            }
        } finally {
            lock.unlock();
        }
        switch (conduct) {
            case WELL -> answer(exchange, 200, revision());
            case SLOW ->
                CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS, threads)
                        .execute(() -> answerLate(exchange));
            case HANGS_UP -> exchange.close();
            case UNAVAILABLE -> answer(exchange, 503, "{}");
            case REFUSES -> answer(exchange, 422, "{}");
        }
    }

    /** Of a hundred: 15 unavailable, 10 slow, 8 hang up; of a hundred transactions 3 are refused, whenever they come. */
    private Conduct conduct(String key) {
        int dice = random.nextInt(100);
        if (dice < 15) {
            return Conduct.UNAVAILABLE;
        }
        if (new Random(key.hashCode() ^ seed).nextInt(100) < 3) {
            return Conduct.REFUSES;
        }
        return dice < 25 ? Conduct.SLOW : dice < 33 ? Conduct.HANGS_UP : Conduct.WELL;
    }

    private static Call call(String key, TransactionRequest request) {
        return new Call(
                key,
                serial(request.mutations().get(0)),
                request.mutations().stream().map(it -> (String) it.key()).toList());
    }

    private static long serial(TransactionRequest.Mutation mutation) {
        return ((Number) mutation.changes().get("serial")).longValue();
    }

    private void write(String key, TransactionRequest request) {
        for (TransactionRequest.Mutation mutation : request.mutations()) {
            database.update("UPDATE stock SET serial = ? WHERE sku = ?", serial(mutation), mutation.key());
            database.update(
                    "INSERT INTO written (idempotency_key, serial, sku) VALUES (?, ?, ?)",
                    key,
                    serial(mutation),
                    mutation.key());
        }
    }

    private void failed(HttpExchange exchange, int itsLife) throws IOException {
        String key = body(exchange);
        lock.lock();
        try {
            if (itsLife == life) {
                evidence.arrivals.add(new Reported(key));
            }
        } finally {
            lock.unlock();
        }
        answer(exchange, 200, "{}");
    }

    private String revision() {
        return "{\"revision\":\"" + database.queryForObject("SELECT COUNT(*) FROM written", Long.class) + "\"}";
    }

    private String snapshot() {
        lock.lock();
        try {
            Map<String, EditingProcess.Item> rows = new LinkedHashMap<>();
            database.query("SELECT sku, serial FROM stock", row -> {
                rows.put(row.getString(1), new EditingProcess.Item(row.getString(1), row.getLong(2)));
            });
            String revision = revision();
            return revision.substring(0, revision.length() - 1) + ",\"data\":" + json.writeValueAsString(rows) + "}";
        } finally {
            lock.unlock();
        }
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void answerLate(HttpExchange exchange) {
        try {
            answer(exchange, 200, revision());
        } catch (IOException gone) {
            exchange.close();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** What was recorded, with what is in the database. To be called while no process lives. */
    SendingEvidence evidence() {
        evidence.written.clear();
        database.query("SELECT idempotency_key, serial, sku FROM written ORDER BY n", row -> {
            evidence.written.add(new Written(row.getString(1), row.getLong(2), row.getString(3)));
        });
        return evidence;
    }

    /** What it did. */
    String report() {
        return conducted + ", " + repetitions + " repetitions answered without writing";
    }

    @Override
    public void close() {
        threads.shutdownNow();
        pool.dispose();
    }
}
