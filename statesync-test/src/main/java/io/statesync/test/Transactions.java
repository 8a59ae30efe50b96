package io.statesync.test;

import io.statesync.mutation.store.MutationType;
import io.statesync.mutation.store.StoredAttempt;
import io.statesync.mutation.store.StoredError;
import io.statesync.mutation.store.StoredMutation;
import io.statesync.mutation.store.StoredRow;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.StrategyType;
import io.statesync.mutation.store.TransactionState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stored transactions as an engine would make them, for storages: the sequence says everything else. */
public final class Transactions {

    /** When the first of them is created; each comes a second after the one before. */
    public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00.123456789Z");

    private Transactions() {}

    /** A pending transaction that inserts a row of these bytes. */
    public static StoredTransaction inserted(long sequence, String collection, String key, byte[] row) {
        return pending(sequence, List.of(insertion(collection, key, row)));
    }

    /** A pending transaction that inserts a small row into the collection {@code todos}. */
    public static StoredTransaction inserted(long sequence) {
        return inserted(sequence, "todos", "key-" + sequence, bytes("row " + sequence));
    }

    /** A pending transaction of these mutations. */
    public static StoredTransaction pending(long sequence, List<StoredMutation> mutations) {
        Instant created = BEGIN.plusSeconds(sequence);
        return new StoredTransaction(
                id(sequence),
                sequence,
                "key of " + id(sequence),
                "todos",
                "save",
                StrategyType.ORDERED,
                Set.of("lane-" + sequence % 2),
                TransactionState.PENDING,
                created,
                created,
                mutations,
                List.of(),
                null,
                Map.of(),
                false);
    }

    /** The id of the transaction with this sequence. */
    public static String id(long sequence) {
        return "tx-" + sequence;
    }

    /** A row that is inserted. */
    public static StoredMutation insertion(String collection, String key, byte[] row) {
        return new StoredMutation(
                collection,
                key,
                MutationType.INSERT,
                "todo-codec",
                3,
                null,
                StoredRow.encoded(row),
                List.of("id", "text"),
                Map.of("device", "phone"));
    }

    /** A row that is changed. */
    public static StoredMutation update(String collection, String key, byte[] before, byte[] after) {
        return new StoredMutation(
                collection,
                key,
                MutationType.UPDATE,
                "todo-codec",
                2,
                StoredRow.encoded(before),
                StoredRow.encoded(after),
                List.of("text"),
                Map.of());
    }

    /** The attempt of this number, running. */
    public static StoredAttempt attempt(long sequence, int number) {
        return new StoredAttempt(id(sequence) + "/" + number, number, at(sequence, number), null, null, null, false);
    }

    /** The attempt of this number, failed or not. */
    public static StoredAttempt ended(long sequence, int number, @Nullable StoredError error) {
        Instant end = at(sequence, number).plusMillis(5);
        return new StoredAttempt(
                id(sequence) + "/" + number,
                number,
                at(sequence, number),
                end,
                error,
                error == null ? null : end.plusSeconds(1),
                false);
    }

    /** A moment in the life of the transaction with this sequence. */
    public static Instant at(long sequence, int step) {
        return BEGIN.plusSeconds(sequence).plusMillis(10L * step);
    }

    /** The text as bytes. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
