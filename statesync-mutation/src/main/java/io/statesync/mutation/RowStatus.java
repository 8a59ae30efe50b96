package io.statesync.mutation;

import java.util.List;

/**
 * What is known of a row beside its value.
 *
 * @param pending the active transactions that touch it, oldest first
 * @param locked whether sync is held back for it
 * @param held whether a synced row waits behind that lock
 * @param provisional whether it shows what was written and not yet synced back
 */
public record RowStatus(List<MutationTransaction> pending, boolean locked, boolean held, boolean provisional) {}
