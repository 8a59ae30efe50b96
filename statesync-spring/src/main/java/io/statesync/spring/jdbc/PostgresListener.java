package io.statesync.spring.jdbc;

import io.statesync.spring.delivery.ChannelSubscriptions;
import io.statesync.spring.json.InvalidationCodec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that listens: a thread waits on it while it is there; while it is not, a timer waits for the next
 * attempt.
 */
final class PostgresListener implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PostgresListener.class);

    private final PostgresTransportBuilder settings;
    private final ChannelSubscriptions subscriptions;
    private final Executor executor;
    private final InvalidationCodec codec = new InvalidationCodec();

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private @Nullable Connection open;
    private boolean closed;

    /** How many attempts in a row had no success. Written by the one session that runs at a time. */
    private volatile int failures;

    PostgresListener(PostgresTransportBuilder settings, ChannelSubscriptions subscriptions, Executor executor) {
        this.settings = settings;
        this.subscriptions = subscriptions;
        this.executor = executor;
    }

    /** Connects, and goes on connecting until it is closed. Called once. */
    void start() {
        try {
            executor.execute(this::session);
        } catch (RejectedExecutionException e) {
            log.debug("Source {}: the transport is closed, and does not connect", settings.name, e);
        }
    }

    @Override
    public void close() {
        Connection ending;
        lock.lock();
        try {
            closed = true;
            ending = open;
        } finally {
            lock.unlock();
        }
        if (ending != null) {
            abort(ending);
        }
    }

    /* One life of the connection. */
    private void session() {
        Throwable cause = null;
        try (Connection connection = settings.connections.open()) {
            if (begin(connection)) {
                listen(connection);
            }
        } catch (SQLException | RuntimeException | Error e) {
            cause = e;
        }
        if (end() && cause != null) {
            ended(cause);
        }
    }

    private void listen(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + settings.channel.quoted());
        }
        failures = 0;
        subscriptions.connected();
        settings.connected.run();
        int silence = (int) Math.min(Integer.MAX_VALUE, Math.max(1, settings.silence.toMillis()));
        int answer = (int) Math.min(Integer.MAX_VALUE, Math.max(1, settings.answer.toSeconds()));
        while (isOpen()) {
            PGNotification[] heard = postgres.getNotifications(silence);
            if (heard == null || heard.length == 0) {
                if (!connection.isValid(answer)) {
                    throw new SQLException("PostgreSQL has not answered for " + settings.silence.plus(settings.answer));
                }
                continue;
            }
            for (PGNotification notification : heard) {
                subscriptions.received(codec.decode(notification.getParameter()));
            }
        }
    }

    private void ended(Throwable cause) {
        failures++;
        subscriptions.lost(cause);
        try {
            settings.disconnected.accept(cause);
        } catch (RuntimeException e) {
            log.warn("A listener of source {} threw", settings.name, e);
        }
        settings.scheduler.schedule(this::start, settings.backoff.delay(failures));
    }

    private boolean begin(Connection connection) {
        lock.lock();
        try {
            open = connection;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /* Whether there is to be another life. */
    private boolean end() {
        lock.lock();
        try {
            open = null;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOpen() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /* Not close: that would wait for the thread which reads from the connection. */
    private void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            log.debug("Source {}: the connection was not aborted", settings.name, e);
        }
    }
}
