package io.statesync.sample;

import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** The currencies that the JDK knows, always in the same order. */
final class CurrencyTable {

    private static final List<Locale> LANGUAGES = List.of(
                    "ar", "cs", "da", "de", "en", "es", "fi", "fr", "hi", "it", "ja", "ko", "nl", "pl", "pt", "ru",
                    "sv", "th", "tr", "uk", "zh")
            .stream()
            .map(Locale::forLanguageTag)
            .toList();

    private CurrencyTable() {}

    /** All currencies by their code. */
    static SortedMap<String, CurrencyEntry> read() {
        SortedMap<String, CurrencyEntry> table = new TreeMap<>();
        for (Currency currency : Currency.getAvailableCurrencies()) {
            table.put(
                    currency.getCurrencyCode(),
                    new CurrencyEntry(
                            currency.getNumericCodeAsString(), currency.getDefaultFractionDigits(), names(currency)));
        }
        return Collections.unmodifiableSortedMap(table);
    }

    private static SortedMap<String, String> names(Currency currency) {
        SortedMap<String, String> names = new TreeMap<>();
        LANGUAGES.forEach(language -> names.put(language.toLanguageTag(), currency.getDisplayName(language)));
        return Collections.unmodifiableSortedMap(names);
    }
}
