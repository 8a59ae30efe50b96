package io.statesync.spring.jdbc;

import io.statesync.Revision;
import io.statesync.SnapshotProvider;
import io.statesync.spring.SnapshotSource;
import io.statesync.spring.json.SnapshotCodec;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Reads topics from the tables that a {@link JdbcStateStore} writes: revision and data in one statement, so that the
 * database's own snapshot keeps them together. Safe for use by any thread.
 */
public final class JdbcSnapshotSource implements SnapshotSource {

    private final Connections connections;
    private final JdbcRevisionCounter revisions;
    private final JdbcTables tables;
    private final SnapshotCodec codec;
    private final int queryTimeout;
    private final long maxSnapshotSize;

    /**
     * @param dataSource not a lagging copy (P6)
     * @param queryTimeout how long a query may take; in whole seconds, at least one
     * @param maxSnapshotSize the largest data that is accepted, in bytes
     */
    public JdbcSnapshotSource(
            DataSource dataSource,
            JdbcTables tables,
            SnapshotCodec codec,
            Duration queryTimeout,
            long maxSnapshotSize) {
        this.connections = new Connections(dataSource);
        this.revisions = JdbcRevisionCounter.hybrid(dataSource, tables);
        this.tables = tables;
        this.codec = codec;
        this.queryTimeout = (int) Math.min(Integer.MAX_VALUE, Math.max(1, queryTimeout.toSeconds()));
        this.maxSnapshotSize = maxSnapshotSize;
    }

    @Override
    public SnapshotProvider<?> provider(String topic, Type type) {
        return new JdbcSnapshotProvider<>(connections, tables, codec, topic, type, queryTimeout, maxSnapshotSize);
    }

    /**
     * A topic that the table does not have is at 0, as the label of its snapshot is: so a database that was emptied, or
     * restored from before the topic, is seen as one that went back, and asked for a snapshot.
     */
    @Override
    public Map<String, Revision> current(Collection<String> topics) {
        Map<String, Revision> current = new HashMap<>(revisions.current(topics));
        topics.forEach(topic -> current.putIfAbsent(topic, Revision.ZERO));
        return current;
    }
}
