package io.statesync.benchmarks.growth;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A cost over sizes. All sizes are prepared first and then take turns, so that other load on the machine falls on all alike.
 */
final class Curve {

    private static final int ROUNDS = 9;
    private static final long BLOCK = 60_000_000;
    private static final long LOOK_EVERY = 20_000;

    /** One size, ready to be measured. */
    interface Point {

        /** Does the work once. Returns of how many units that was. */
        int work() throws Exception;
    }

    /** Makes a size ready. */
    interface Prepare {
        Point at(int size) throws Exception;
    }

    private Curve() {}

    /** Prints a row for each size, compared to a cost, or to that of the first size; returns what was compared to. */
    static double print(String name, int[] sizes, @Nullable Double compared, Prepare prepare) throws Exception {
        Point[] points = new Point[sizes.length];
        double[][] nanos = new double[sizes.length][ROUNDS];
        for (int i = 0; i < sizes.length; i++) {
            points[i] = prepare.at(sizes[i]);
        }
        for (int round = -2; round < ROUNDS; round++) {
            for (int i = 0; i < sizes.length; i++) {
                double each = block(points[i]);
                if (round >= 0) {
                    nanos[i][round] = each;
                }
            }
        }
        Double first = compared;
        for (int i = 0; i < sizes.length; i++) {
            Arrays.sort(nanos[i]);
            first = row(name, sizes[i], nanos[i], first);
            if (points[i] instanceof AutoCloseable open) {
                open.close();
            }
        }
        return first == null ? 0 : first;
    }

    private static double row(String name, int size, double[] nanos, @Nullable Double first) {
        double median = nanos[ROUNDS / 2];
        double base = first == null ? median : first;
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.1f | %.1f..%.1f | %.2f |%n",
                name,
                size,
                median,
                nanos[0],
                nanos[ROUNDS - 1],
                median / base);
        return base;
    }

    private static double block(Point point) throws Exception {
        long begin = System.nanoTime();
        long units = point.work();
        long now = System.nanoTime();
        // the clock is not asked more often than every few microseconds
        long between = Math.max(1, LOOK_EVERY / Math.max(1, now - begin));
        while (now - begin < BLOCK) {
            for (long i = 0; i < between; i++) {
                units += point.work();
            }
            now = System.nanoTime();
        }
        return (now - begin) / (double) units;
    }
}
