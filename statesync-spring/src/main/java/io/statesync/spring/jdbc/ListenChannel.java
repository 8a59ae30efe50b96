package io.statesync.spring.jdbc;

import io.statesync.spring.delivery.Channel;
import io.statesync.spring.delivery.ChannelSubscriptions;
import io.statesync.spring.json.InvalidationCodec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that listens. */
final class ListenChannel implements Channel {

    private static final Logger log = LoggerFactory.getLogger(ListenChannel.class);

    private final PostgresTransportBuilder settings;
    private final Connection connection;
    private final PGConnection postgres;
    private final ChannelSubscriptions subscriptions;
    private final InvalidationCodec codec = new InvalidationCodec();
    private final int silence;
    private final int answer;

    private ListenChannel(PostgresTransportBuilder settings, Connection connection, ChannelSubscriptions subscriptions)
            throws SQLException {
        this.settings = settings;
        this.connection = connection;
        this.postgres = connection.unwrap(PGConnection.class);
        this.subscriptions = subscriptions;
        this.silence = (int) Math.min(Integer.MAX_VALUE, Math.max(1, settings.silence.toMillis()));
        this.answer = (int) Math.min(Integer.MAX_VALUE, Math.max(1, settings.answer.toSeconds()));
    }

    /** Connects; the server has confirmed that it listens on return. */
    static ListenChannel open(PostgresTransportBuilder settings, ChannelSubscriptions subscriptions)
            throws SQLException {
        Connection connection = settings.connections.open();
        try {
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + settings.channel.quoted());
            }
            return new ListenChannel(settings, connection, subscriptions);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void listen() throws SQLException {
        PGNotification[] heard = postgres.getNotifications(silence);
        if (heard == null || heard.length == 0) {
            if (!connection.isValid(answer)) {
                throw new SQLException("PostgreSQL has not answered for " + settings.silence.plus(settings.answer));
            }
            return;
        }
        for (PGNotification notification : heard) {
            subscriptions.received(codec.decode(notification.getParameter()));
        }
    }

    /* Not close: that would wait for the thread which reads from the connection. */
    @Override
    public void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            log.debug("Source {}: the connection was not aborted", settings.name, e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
