package io.statesync.sample;

import java.util.SortedMap;

/**
 * A currency of ISO 4217.
 *
 * @param numericCode three digits
 * @param digits digits of its minor unit; -1 for what is no money, such as gold
 * @param names its display name by language
 */
record CurrencyEntry(String numericCode, int digits, SortedMap<String, String> names) {}
