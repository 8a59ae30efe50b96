package io.statesync.persistence;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of a migration.
 *
 * @param data the data at version {@code to}; null if it failed
 * @param from the version it had
 * @param to the version it was to have
 * @param applied the versions whose steps were taken, in order
 * @param error why it failed; null if it did not
 */
public record MigrationResult<D>(
        @Nullable D data,
        int from,
        int to,
        List<Integer> applied,
        @Nullable Exception error) {

    public MigrationResult {
        applied = List.copyOf(applied);
    }

    /** Whether there is data at version {@code to}. */
    public boolean succeeded() {
        return error == null;
    }

    /**
     * The migrated data.
     *
     * @throws Exception what the migration failed with
     */
    public D orElseThrow() throws Exception {
        if (error != null) {
            throw error;
        }
        return Objects.requireNonNull(data, "a migration ended without data");
    }
}
