package io.statesync.mutation.store;

/**
 * How an opening went.
 *
 * @param lastSequence the largest sequence that was ever stored, 0 if none: the next transaction comes after it
 * @param restored how many active transactions were streamed
 * @param damaged how many records could not be read
 */
public record Recovery(long lastSequence, long restored, long damaged) {}
