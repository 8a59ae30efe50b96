package io.statesync.sample;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.statesync.SyncState;
import io.statesync.mutation.MutationTransaction;
import io.statesync.mutation.store.TransactionState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stock as a replica shows it.
 *
 * @param revision of what was synced
 * @param state what the copy is worth
 * @param data what is visible: synced, with the edits that are under way
 * @param rows each item, and how far its newest edit is
 * @param transactions the newest of them, newest first
 */
record StockView(
        String revision, SyncState state, Map<String, StockItem> data, List<Row> rows, List<Transaction> transactions) {

    /**
     * An item.
     *
     * @param item as it is visible; null if it is not
     * @param synced as the source has it, as far as is known here
     * @param transaction its newest edit that is remembered
     */
    record Row(
            String sku,
            @Nullable StockItem item,
            @Nullable StockItem synced,
            Status status,
            @Nullable String transaction) {}

    /** How far the newest edit of a row is. */
    enum Status {
        /** The source has it, and it came back; or nobody edited the row here. */
        @JsonProperty("confirmed")
        CONFIRMED,
        /** Waits for an earlier edit of the same row. */
        @JsonProperty("queued")
        QUEUED,
        @JsonProperty("pending")
        PENDING,
        /** Is being sent, or will be sent again. */
        @JsonProperty("persisting")
        PERSISTING,
        /** The source has it; the snapshot with it is on its way. */
        @JsonProperty("awaiting-sync")
        AWAITING_SYNC,
        /** The source has it; the snapshot with it did not come in time. */
        @JsonProperty("provisional")
        PROVISIONAL,
        /** Taken back. */
        @JsonProperty("failed")
        FAILED;

        static Status of(@Nullable MutationTransaction newest, boolean provisional) {
            if (newest == null) {
                return CONFIRMED;
            }
            return switch (newest.state()) {
                case QUEUED -> QUEUED;
                case PENDING -> PENDING;
                case PERSISTING -> PERSISTING;
                case PERSISTED_AWAITING_SYNC -> AWAITING_SYNC;
                case COMPLETED -> provisional ? PROVISIONAL : CONFIRMED;
                case FAILED -> FAILED;
            };
        }
    }

    /**
     * An edit.
     *
     * @param sku the rows that it changes
     * @param attempts how often it was sent
     * @param error why it failed
     * @param confirmed whether it came back by sync
     */
    record Transaction(
            String id,
            TransactionState state,
            List<String> sku,
            int attempts,
            @Nullable String error,
            Instant createdAt,
            boolean confirmed) {

        static Transaction of(MutationTransaction transaction) {
            return new Transaction(
                    transaction.id(),
                    transaction.state(),
                    transaction.mutations().stream()
                            .map(it -> (String) it.ref().key())
                            .toList(),
                    transaction.attempts().size(),
                    transaction.error() == null ? null : transaction.error().message(),
                    transaction.createdAt(),
                    transaction.syncConfirmed());
        }
    }
}
