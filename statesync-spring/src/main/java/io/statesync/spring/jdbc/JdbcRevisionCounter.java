package io.statesync.spring.jdbc;

import io.statesync.Revision;
import io.statesync.Topic;
import io.statesync.spring.TransactionalRevisionCounter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts revisions in a table that all instances of a source share: the statement that issues one locks the topic until the
 * commit, so that no two writers ever issue the same (P7). Safe for use by any thread.
 *
 * <p>It joins a transaction that a transaction manager of this very {@link DataSource} has begun on this thread. The column
 * holds all revisions of the protocol where it is a {@code NUMERIC(20)}; in SQLite they end at 2^63 - 1. After the largest
 * none is issued.
 */
public final class JdbcRevisionCounter implements TransactionalRevisionCounter {

    private static final int TOPICS_PER_QUERY = 500;

    private final Connections connections;
    private final JdbcTables tables;
    private final LongSupplier floor;

    /** Found out when the database is first asked: it may be down when the application starts. */
    private volatile @Nullable Dialect dialect;

    private JdbcRevisionCounter(DataSource dataSource, JdbcTables tables, LongSupplier floor) {
        this.connections = new Connections(dataSource);
        this.tables = tables;
        this.floor = floor;
    }

    /** {@code max(previous + 1, epochMillis << 20)}: a database restored from an older backup issues newer numbers. */
    public static JdbcRevisionCounter hybrid(DataSource dataSource, JdbcTables tables) {
        return hybrid(dataSource, tables, InstantSource.system());
    }

    /** {@link #hybrid(DataSource, JdbcTables)} with another wall clock. */
    public static JdbcRevisionCounter hybrid(DataSource dataSource, JdbcTables tables, InstantSource clock) {
        return new JdbcRevisionCounter(dataSource, tables, () -> clock.millis() << 20);
    }

    /** Counts from 1. After a restore from an older backup it issues numbers that replicas have seen. */
    public static JdbcRevisionCounter sequential(DataSource dataSource, JdbcTables tables) {
        return new JdbcRevisionCounter(dataSource, tables, () -> 1);
    }

    /**
     * Issues a revision in a transaction of its own, on a connection of its own; it is there for others when this returns.
     *
     * @throws IllegalStateException if the largest revision was issued
     * @throws org.springframework.dao.DataAccessException if the database does not do it
     */
    @Override
    public Revision next(String topic) {
        return connections.alone(task("issue", topic), connection -> issue(connection, Topic.requireValid(topic)));
    }

    @Override
    public Optional<Revision> nextInTransaction(String topic) {
        return connections.inTransaction(
                task("issue", topic), connection -> issue(connection, Topic.requireValid(topic)));
    }

    /** One query for each 500 topics. */
    @Override
    public Map<String, Revision> current(Collection<String> topics) {
        List<String> asked = new ArrayList<>(new LinkedHashSet<>(topics));
        Map<String, Revision> found = new HashMap<>();
        if (!asked.isEmpty()) {
            connections.reading("read the revisions of " + asked.size() + " topics", connection -> {
                for (int from = 0; from < asked.size(); from += TOPICS_PER_QUERY) {
                    read(connection, asked.subList(from, Math.min(asked.size(), from + TOPICS_PER_QUERY)), found);
                }
                return found;
            });
        }
        return found;
    }

    private Revision issue(Connection connection, String topic) throws SQLException {
        Dialect known = dialect(connection);
        BigDecimal least = new BigDecimal(Long.toUnsignedString(floor.getAsLong()));
        return known.next(connection, tables.revision(), topic, least)
                .map(JdbcRevisionCounter::revision)
                .orElseThrow(() -> new IllegalStateException("topic \"" + topic + "\" has used up its revisions: "
                        + known.largest() + " is the largest one that table " + tables.revision()
                        + " can hold, and has no successor"));
    }

    private void read(Connection connection, List<String> topics, Map<String, Revision> found) throws SQLException {
        String sql = "SELECT topic, revision FROM " + tables.revision() + " WHERE topic IN ("
                + String.join(", ", Collections.nCopies(topics.size(), "?")) + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < topics.size(); i++) {
                statement.setString(i + 1, topics.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getString(1), revision(rows.getBigDecimal(2)));
                }
            }
        }
    }

    private Dialect dialect(Connection connection) throws SQLException {
        Dialect known = dialect;
        if (known == null) {
            known = Dialect.of(connection);
            dialect = known;
        }
        return known;
    }

    /** Reads a column; a number that is none of the protocol's is refused (P1). */
    static Revision revision(BigDecimal column) {
        return Revision.parse(column.stripTrailingZeros().toPlainString());
    }

    private static String task(String what, String topic) {
        return what + " a revision of topic \"" + topic + "\"";
    }
}
