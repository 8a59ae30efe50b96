package io.statesync.mutation;

import io.statesync.mutation.store.MutationType;
import io.statesync.mutation.store.StoredAttempt;
import io.statesync.mutation.store.StoredError;
import io.statesync.mutation.store.StoredMutation;
import io.statesync.mutation.store.StoredRow;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Between what the engine works with and what a storage keeps. Rows are written and read without the engine's lock. */
final class Encoding {

    private Encoding() {}

    // ---- to the storage

    /** As it was born, in that state. */
    static StoredTransaction stored(Tx tx, TransactionState born, List<StoredMutation> mutations) {
        return new StoredTransaction(
                tx.id,
                tx.sequence,
                tx.idempotencyKey,
                tx.home.id,
                tx.fnName,
                tx.strategy.type(),
                tx.lanes,
                born,
                tx.createdAt,
                tx.createdAt,
                mutations,
                List.of(),
                null,
                Map.of(),
                false);
    }

    static StoredMutation stored(Change change, boolean bytes) {
        RowCodec<Object, Object> codec = change.rows.config.codec();
        Object original = change.original;
        return new StoredMutation(
                change.ref.collection(),
                codec == null ? change.key().toString() : codec.writeKey(change.key()),
                change.type,
                codec == null ? "" : codec.id(),
                codec == null ? 0 : codec.version(),
                original == null ? null : stored(original, codec, bytes),
                stored(change.modified, codec, bytes),
                names(change.changes),
                change.metadata);
    }

    private static List<String> names(Map<String, @Nullable Object> fields) {
        return fields.size() == 1 ? List.of(fields.keySet().iterator().next()) : List.copyOf(fields.keySet());
    }

    private static StoredRow stored(Object row, @Nullable RowCodec<Object, Object> codec, boolean bytes) {
        return bytes && codec != null ? StoredRow.encoded(codec.write(row)) : StoredRow.live(row);
    }

    static StoredAttempt stored(Attempt attempt) {
        Throwable error = attempt.error();
        return new StoredAttempt(
                attempt.id(),
                attempt.number(),
                attempt.startedAt(),
                attempt.completedAt(),
                error == null ? null : stored(Endings.error(null, error)),
                attempt.retryScheduledFor(),
                attempt.interrupted());
    }

    static StoredError stored(@Nullable TransactionError error) {
        if (error == null) {
            throw new IllegalArgumentException("a failed transaction has an error");
        }
        Throwable thrown = error.error();
        String type = thrown instanceof RestoredException restored
                ? restored.type()
                : thrown.getClass().getName();
        return new StoredError(error.transactionId(), type, error.message());
    }

    // ---- from the storage

    /** @throws RuntimeException if it cannot be read by the collection's codec */
    static Change change(StoredMutation stored, Rows rows) {
        RowCodec<Object, Object> codec = rows.config.codec();
        Object modified = row(stored, stored.modified(), codec);
        StoredRow original = stored.original();
        Object key = codec == null || stored.codec().isEmpty() ? rows.model.key(modified) : codec.readKey(stored.key());
        return new Change(
                rows,
                new Ref(rows.id, key),
                stored.type(),
                original == null ? null : row(stored, original, codec),
                modified,
                changes(stored, modified, rows.model),
                stored.metadata());
    }

    private static Object row(StoredMutation stored, StoredRow row, @Nullable RowCodec<Object, Object> codec) {
        Object live = row.live();
        byte[] bytes = row.bytes();
        if (live != null) {
            return live;
        }
        if (codec == null || bytes == null) {
            throw new IllegalStateException("collection \"" + stored.collection()
                    + "\" has no codec, and its stored rows were written by \"" + stored.codec() + "\"");
        }
        if (!codec.id().equals(stored.codec())) {
            throw new IllegalStateException("collection \"" + stored.collection() + "\" has codec \"" + codec.id()
                    + "\", and its stored rows were written by \"" + stored.codec() + "\"");
        }
        return codec.read(bytes, stored.codecVersion());
    }

    private static Map<String, @Nullable Object> changes(
            StoredMutation stored, Object modified, RowModel<Object, Object> model) {
        if (stored.type() == MutationType.DELETE) {
            return Map.of();
        }
        Map<String, @Nullable Object> fields = model.fields(modified);
        if (stored.type() == MutationType.INSERT) {
            return fields;
        }
        Map<String, @Nullable Object> changes = new LinkedHashMap<>();
        stored.changed().forEach(name -> changes.put(name, fields.get(name)));
        return changes;
    }

    static Attempt attempt(StoredAttempt stored) {
        StoredError error = stored.error();
        return new Attempt(
                stored.id(),
                stored.number(),
                stored.startedAt(),
                stored.completedAt(),
                error == null ? null : new RestoredException(error.type(), error.message()),
                stored.retryScheduledFor(),
                stored.interrupted());
    }

    /** A transaction of the history; rows that cannot be read any more are {@link UnreadableRow}s. */
    static MutationTransaction transaction(StoredTransaction stored, Registry registry) {
        List<Attempt> attempts =
                stored.attempts().stream().map(Encoding::attempt).toList();
        StoredError error = stored.error();
        List<PendingMutation> mutations = new ArrayList<>();
        for (StoredMutation mutation : stored.mutations()) {
            mutations.add(mutation(stored, mutation, mutations.size() + 1, registry));
        }
        return new MutationTransaction(
                stored.id(),
                stored.sequence(),
                stored.state(),
                stored.createdAt(),
                stored.updatedAt(),
                List.copyOf(mutations),
                attempts,
                attempts.isEmpty() ? 0 : attempts.get(attempts.size() - 1).number(),
                null,
                Set.of(),
                error == null
                        ? null
                        : new TransactionError(
                                error.transactionId(),
                                error.message(),
                                new RestoredException(error.type(), error.message())),
                stored.strategy(),
                stored.collection(),
                stored.mutationFn(),
                stored.idempotencyKey(),
                stored.revisions(),
                stored.syncConfirmed());
    }

    private static PendingMutation mutation(
            StoredTransaction transaction, StoredMutation stored, int number, Registry registry) {
        Rows rows = registry.named(stored.collection());
        Change change = null;
        String reason = "collection \"" + stored.collection() + "\" is not open";
        try {
            change = rows == null ? null : change(stored, rows);
        } catch (RuntimeException | Error unreadable) {
            reason = unreadable.toString();
        }
        return new PendingMutation(
                transaction.id() + "." + number,
                change == null ? new Ref(stored.collection(), stored.key()) : change.ref,
                stored.type(),
                change == null ? null : change.original,
                change == null ? new UnreadableRow(reason) : change.modified,
                change == null ? Map.of() : change.changes,
                stored.metadata(),
                transaction.createdAt(),
                transaction.updatedAt(),
                MutationList.state(transaction.state(), !transaction.attempts().isEmpty()));
    }
}
