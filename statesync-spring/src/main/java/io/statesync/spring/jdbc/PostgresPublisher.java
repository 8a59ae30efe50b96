package io.statesync.spring.jdbc;

import io.statesync.InvalidationEvent;
import io.statesync.spring.TransactionalInvalidationPublisher;
import io.statesync.spring.json.InvalidationCodec;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;

/**
 * Announces by {@code NOTIFY}: inside a transaction of its {@link DataSource} as a part of it, so that the commit announces
 * and a rollback does not; otherwise by a statement of its own. Safe for use by any thread.
 */
public final class PostgresPublisher implements TransactionalInvalidationPublisher {

    /** What PostgreSQL takes: less than 8,000 bytes. */
    static final int LARGEST_PAYLOAD = 7_999;

    private final Connections connections;
    private final PostgresChannel channel;
    private final InvalidationCodec codec = new InvalidationCodec();

    public PostgresPublisher(DataSource dataSource, PostgresChannel channel) {
        this.connections = new Connections(dataSource);
        this.channel = channel;
    }

    /** @throws IllegalStateException if the database does not take it */
    @Override
    public void publish(InvalidationEvent event) {
        try {
            connections.alone(task(event), connection -> notify(connection, event));
        } catch (DataAccessException e) {
            throw new IllegalStateException("the invalidation of topic \"" + event.topic() + "\" was not announced", e);
        }
    }

    @Override
    public boolean publishInTransaction(InvalidationEvent event) {
        return connections
                .inTransaction(task(event), connection -> notify(connection, event))
                .isPresent();
    }

    private InvalidationEvent notify(Connection connection, InvalidationEvent event) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
            statement.setString(1, channel.name());
            statement.setString(2, payload(event));
            statement.execute();
        }
        return event;
    }

    /**
     * Topic and source id are bounded and always fit, a trace context is not: one that makes the event too large is left
     * out.
     */
    String payload(InvalidationEvent event) {
        byte[] payload = codec.encode(event);
        if (payload.length > LARGEST_PAYLOAD) {
            payload = codec.encode(new InvalidationEvent(
                    event.topic(), event.revision(), event.sourceId(), event.timestampMs(), null));
        }
        return new String(payload, StandardCharsets.UTF_8);
    }

    private static String task(InvalidationEvent event) {
        return "announce revision " + event.revision() + " of topic \"" + event.topic() + "\"";
    }
}
