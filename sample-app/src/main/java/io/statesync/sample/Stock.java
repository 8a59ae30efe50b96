package io.statesync.sample;

import io.statesync.Revision;
import io.statesync.source.StatePublisher;
import io.statesync.spring.TopicSource;
import io.statesync.spring.jdbc.IdempotentChanges;
import io.statesync.spring.mutation.TransactionRequest;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** The truth about the stock. Replicas edit it: they send transactions, each of which is written wholly or not at all, and once. */
@Service
@Profile("!replica & !shared")
class Stock {

    private final JdbcTemplate database;
    private final IdempotentChanges changes;
    private final StatePublisher publisher;

    Stock(JdbcTemplate database, IdempotentChanges changes, StatePublisher publisher) {
        this.database = database;
        this.changes = changes;
        this.publisher = publisher;
    }

    @TopicSource(Topics.STOCK)
    Map<String, StockItem> all() {
        Map<String, StockItem> items = new TreeMap<>();
        database.query("SELECT sku, name, pieces FROM sample_stock", row -> {
            items.put(row.getString(1), new StockItem(row.getString(1), row.getString(2), row.getInt(3)));
        });
        return items;
    }

    /**
     * Writes a transaction, unless one with this key is written already.
     *
     * @throws RefusedTransactionException if it cannot be: then nothing of it was
     */
    Applied apply(String idempotencyKey, TransactionRequest transaction) {
        boolean first = changes.once(idempotencyKey, () -> write(transaction));
        // data first, then the revision (P6); also for a repetition, whose first answer may never have been issued
        return new Applied(publisher.invalidate(Topics.STOCK).join(), first);
    }

    private void write(TransactionRequest transaction) {
        if (transaction.mutations() == null || transaction.mutations().isEmpty()) {
            throw new RefusedTransactionException("The transaction has no mutations.");
        }
        transaction.mutations().forEach(this::write);
    }

    private void write(TransactionRequest.@Nullable Mutation mutation) {
        if (mutation == null
                || !"update".equals(mutation.type())
                || !Topics.STOCK.equals(mutation.collection())
                || mutation.changes() == null
                || !mutation.changes().keySet().equals(Set.of("pieces"))) {
            throw new RefusedTransactionException("Only the pieces of an item of \"stock\" can be updated.");
        }
        if (!(mutation.changes().get("pieces") instanceof Integer pieces) || pieces < 0) {
            throw new RefusedTransactionException(
                    "There cannot be " + mutation.changes().get("pieces") + " pieces of \"" + mutation.key() + "\".");
        }
        if (database.update("UPDATE sample_stock SET pieces = ? WHERE sku = ?", pieces, String.valueOf(mutation.key()))
                == 0) {
            throw new RefusedTransactionException("There is no item \"" + mutation.key() + "\".");
        }
    }

    /**
     * What became of a transaction.
     *
     * @param revision has it in it
     * @param first whether it was written now, and not before
     */
    record Applied(Revision revision, boolean first) {}
}
