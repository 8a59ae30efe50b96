package io.statesync.test;

import java.time.Duration;
import java.util.Random;

/** What a simulation leaves to chance; the seed makes it the same chance in every run. */
final class Chance {

    private Chance() {}

    static Duration upTo(Duration most, Random random) {
        return most.isZero() ? most : Duration.ofNanos((long) (most.toNanos() * random.nextDouble()));
    }

    static boolean happens(double probability, Random random) {
        return probability > 0 && random.nextDouble() < probability;
    }
}
