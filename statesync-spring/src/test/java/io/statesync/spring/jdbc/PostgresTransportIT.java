package io.statesync.spring.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.spring.TestProxy;
import io.statesync.test.RecordingHandler;
import io.statesync.test.ServerTransportContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The transport contract over a PostgreSQL that is killed with -9 and started again on the same data. */
class PostgresTransportIT extends ServerTransportContract {

    private static PostgresServer server;

    /** Holds the driver's own thread, which lives as long as any connection is open. */
    private static Connection elsewhere;

    private HikariDataSource pool;
    private PostgresTransport transport;

    @BeforeAll
    static void startOnce() throws Exception {
        server = new PostgresServer();
        elsewhere = DriverManager.getConnection(server.url(), "postgres", "");
    }

    @AfterAll
    static void stop() throws Exception {
        elsewhere.close();
        server.close();
    }

    @Override
    protected void open() throws Exception {
        if (!server.isRunning()) {
            server.start();
        }
        pool = server.pool(Duration.ofSeconds(5));
        transport = listening(server.port()).build();
    }

    @Override
    protected void close() {
        transport.close();
        pool.close();
    }

    @Override
    protected InvalidationSubscriber subscriber() {
        return transport;
    }

    @Override
    protected InvalidationPublisher publisher() {
        return new PostgresPublisher(pool, PostgresChannel.DEFAULT);
    }

    @Override
    protected void sendGarbage(String topic) {
        send("{\"topic\":\"" + topic + "\",\"revision\":5}");
    }

    private void send(String payload) {
        new JdbcTemplate(pool).query("SELECT pg_notify('statesync', ?)", rows -> {}, payload);
    }

    @Override
    protected void killServer() throws Exception {
        server.kill();
    }

    @Override
    protected void startServer() {
        server.start();
    }

    @Override
    protected int connections() {
        return server.listeners();
    }

    /** With its usual patience: a machine that is busy for a second is no lost connection. */
    private static PostgresTransportBuilder listening(int port) {
        return PostgresTransport.on(() -> PostgresServer.connect(port));
    }

    @Test
    @DisplayName("TC-06: a connection that swallows everything is noticed, and made anew")
    void aHangingConnectionIsNoticed() throws Exception {
        List<Throwable> causes = new CopyOnWriteArrayList<>();
        try (TestProxy proxy = new TestProxy(server.port());
                PostgresTransport behind = listening(proxy.port())
                        .keepAlive(Duration.ofMillis(200), Duration.ofSeconds(1))
                        .connectionListener(() -> {}, causes::add)
                        .build()) {
            RecordingHandler handler = new RecordingHandler();
            behind.subscribe("tc-hanging", handler)
                    .active()
                    .toCompletableFuture()
                    .join();

            proxy.swallow();
            Awaitility.await("the loss is told to both")
                    .until(() -> handler.connectionsLost() == 1 && !causes.isEmpty());
            assertThat(causes.get(0)).hasMessageContaining("has not answered for PT1.2S");
            proxy.cut();
            proxy.restore(server.port());
            Awaitility.await("the return is told").until(() -> handler.connectionsRestored() == 1);
            publisher().publish(InvalidationEvent.of("tc-hanging", new Revision(7)));

            Awaitility.await("events flow again")
                    .until(() -> handler.revisions().contains("7"));
        }
    }

    @Test
    void aSubscriptionWaitsForADatabaseThatIsNotThereYet() throws Exception {
        server.kill();
        List<Throwable> causes = new CopyOnWriteArrayList<>();
        try (PostgresTransport early = listening(server.port())
                .connectionListener(() -> {}, causes::add)
                .build()) {
            var active =
                    early.subscribe("early", new RecordingHandler()).active().toCompletableFuture();
            Awaitility.await("several attempts fail").until(() -> causes.size() > 2);
            assertThat(active).isNotDone();

            server.start();

            Awaitility.await("it is active").until(active::isDone);
            assertThat(active).isCompleted();
        }
    }

    @Test
    void whatNamesNoTopicIsReportedOnceAndTellsNobody() {
        List<SyncErrorContext> errors = new CopyOnWriteArrayList<>();
        SyncListener listener = new SyncListener() {
            @Override
            public void onError(SyncErrorContext context) {
                errors.add(context);
            }
        };
        try (PostgresTransport other =
                listening(server.port()).listener(listener).build()) {
            RecordingHandler handler = new RecordingHandler();
            other.subscribe("quiet", handler).active().toCompletableFuture().join();

            send("hello");

            Awaitility.await("it is reported").until(() -> errors.size() == 1);
            assertThat(errors.get(0).topic()).isNull();
            assertThat(errors.get(0).error()).hasMessageContaining("not strict JSON");
            assertThat(handler.malformed()).isEmpty();
        }
    }

    @Test
    @DisplayName("TC-09: applications on two channels do not hear each other")
    void applicationsOnTwoChannelsDoNotHearEachOther() {
        PostgresChannel own = new PostgresChannel("Shop \"2\"");
        try (PostgresTransport other = listening(server.port()).channel(own).build()) {
            RecordingHandler handler = new RecordingHandler();
            other.subscribe("prices", handler).active().toCompletableFuture().join();

            publisher().publish(InvalidationEvent.of("prices", new Revision(1)));
            new PostgresPublisher(pool, own).publish(InvalidationEvent.of("prices", new Revision(2)));

            Awaitility.await().until(() -> !handler.received().isEmpty());
            assertThat(handler.revisions()).containsExactly("2");
        }
    }
}
