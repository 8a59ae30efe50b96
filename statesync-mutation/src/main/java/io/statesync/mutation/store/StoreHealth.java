package io.statesync.mutation.store;

import org.jspecify.annotations.Nullable;

/**
 * How a storage is.
 *
 * @param durable whether what it acknowledges survives the process
 * @param problem why it is not as it should be; null if it is
 * @param lag how many events were appended and are not durable yet
 */
public record StoreHealth(boolean durable, @Nullable String problem, long lag) {}
