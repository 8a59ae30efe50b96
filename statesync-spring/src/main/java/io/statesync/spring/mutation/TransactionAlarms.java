package io.statesync.spring.mutation;

import java.time.Duration;

/**
 * What an operator is shown of transactions, and when health is down.
 *
 * @param age how old the oldest active one may be
 * @param orphans how long some may wait for their collection or handler to be registered
 * @param showValues whether keys, rows and metadata are shown
 */
public record TransactionAlarms(Duration age, Duration orphans, boolean showValues) {}
