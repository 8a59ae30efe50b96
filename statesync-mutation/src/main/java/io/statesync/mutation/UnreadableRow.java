package io.statesync.mutation;

/**
 * Stands in the history for a row that is stored and cannot be read now.
 *
 * @param reason why
 */
public record UnreadableRow(String reason) {}
