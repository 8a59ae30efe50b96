package io.statesync.mutation.store;

import org.jspecify.annotations.Nullable;

/**
 * A row as it is stored: encoded, for a storage that {@linkplain TransactionStorage#keepsBytes keeps bytes}, or else the
 * row itself. Exactly one of the two is there. Neither may be changed.
 *
 * @param live the row itself
 * @param bytes the row as its codec wrote it
 */
public record StoredRow(@Nullable Object live, byte @Nullable [] bytes) {

    public StoredRow {
        if ((live == null) == (bytes == null)) {
            throw new IllegalArgumentException("a stored row is either live or encoded");
        }
    }

    /** A row that is kept as it is. */
    public static StoredRow live(Object row) {
        return new StoredRow(row, null);
    }

    /** A row that is kept as its codec wrote it. */
    public static StoredRow encoded(byte[] bytes) {
        return new StoredRow(null, bytes);
    }
}
