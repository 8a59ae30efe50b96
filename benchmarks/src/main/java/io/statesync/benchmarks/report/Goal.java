package io.statesync.benchmarks.report;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One thing to be reached, and how far it was.
 *
 * @param scenario its number in PERFORMANCE, B1 to B9
 * @param what is measured
 * @param unit of the value
 * @param value what was measured; empty if the scenario was not run
 * @param bound what it is held against
 * @param atMost whether the bound is a most or a least
 */
record Goal(String scenario, String what, String unit, OptionalDouble value, double bound, boolean atMost) {

    static Goal atMost(String scenario, String what, String unit, OptionalDouble value, double bound) {
        return new Goal(scenario, what, unit, value, bound, true);
    }

    static Goal atLeast(String scenario, String what, String unit, OptionalDouble value, double bound) {
        return new Goal(scenario, what, unit, value, bound, false);
    }

    String row() {
        String sign = atMost ? "at most " : "at least ";
        String reached = value.isEmpty() ? "not run" : reached() ? "yes" : "**no**";
        return "| " + scenario + " | " + what + " | " + sign + text(bound) + unit + " | "
                + (value.isEmpty() ? "" : text(value.getAsDouble()) + unit) + " | " + reached + " |";
    }

    private boolean reached() {
        return atMost ? value.getAsDouble() <= bound : value.getAsDouble() >= bound;
    }

    private static String text(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e9
                ? Long.toString((long) number)
                : String.format(Locale.ROOT, Math.abs(number) < 10 ? "%.2f" : "%.1f", number);
    }
}
