package io.statesync.runtimes;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a topic holds, nested in maps, lists and records, and not public. */
record Price(BigDecimal amount, Unit unit) {

    record Unit(String currency, int pieces) {}

    static Price of(String amount) {
        return new Price(new BigDecimal(amount), new Unit("EUR", 1));
    }

    /** Goes through all that is declared: what was read as another type ends in an exception. */
    static String describe(Map<String, List<Price>> offers) {
        return offers.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(offer -> offer.getKey() + "="
                        + offer.getValue().stream().map(Price::text).collect(Collectors.joining(",")))
                .collect(Collectors.joining(" "));
    }

    private static String text(Price price) {
        Unit unit = price.unit();
        return price.amount().toPlainString() + unit.currency() + "/" + unit.pieces();
    }
}
