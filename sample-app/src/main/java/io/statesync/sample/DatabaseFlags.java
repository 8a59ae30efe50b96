package io.statesync.sample;

import io.statesync.Revision;
import io.statesync.source.StatePublisher;
import io.statesync.spring.TopicSource;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The truth in a database that all instances share: a row for each flag ({@code schema.sql}). The change, its revision and,
 * with PostgreSQL, its announcement are one transaction.
 */
@Service
@Profile("database & !replica")
class DatabaseFlags implements FeatureFlags {

    private final JdbcTemplate database;
    private final TransactionTemplate transactions;
    private final StatePublisher publisher;

    DatabaseFlags(JdbcTemplate database, TransactionTemplate transactions, StatePublisher publisher) {
        this.database = database;
        this.transactions = transactions;
        this.publisher = publisher;
    }

    @TopicSource(Topics.FEATURE_FLAGS)
    Map<String, Flag> all() {
        Map<String, Flag> flags = new TreeMap<>();
        database.query("SELECT name, enabled FROM sample_flag", row -> {
            flags.put(row.getString("name"), new Flag(row.getBoolean("enabled")));
        });
        return flags;
    }

    @Override
    public Revision put(FlagName name, Flag flag) {
        try {
            return change(() -> updateOrInsert(name.value(), flag.enabled()));
        } catch (DuplicateKeyException insertedMeanwhile) {
            return change(() -> updateOrInsert(name.value(), flag.enabled()));
        }
    }

    @Override
    public Revision delete(FlagName name) {
        return change(() -> {
            if (database.update("DELETE FROM sample_flag WHERE name = ?", name.value()) == 0) {
                throw new UnknownFlagException(name);
            }
        });
    }

    private void updateOrInsert(String name, boolean enabled) {
        if (database.update("UPDATE sample_flag SET enabled = ? WHERE name = ?", enabled, name) == 0) {
            database.update("INSERT INTO sample_flag (name, enabled) VALUES (?, ?)", name, enabled);
        }
    }

    /** The revision is there after the commit. */
    private Revision change(Runnable change) {
        CompletableFuture<Revision> issued = Objects.requireNonNull(transactions.execute(status -> {
            change.run();
            return publisher.invalidate(Topics.FEATURE_FLAGS);
        }));
        return issued.join();
    }
}
