package io.statesync.mutation;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Ids of transactions: 80 random bits per life of the process, and a counter. Safe for use by any thread. */
final class Ids {

    private final @Nullable Supplier<String> given;
    private final String life;
    private final AtomicLong count = new AtomicLong();

    Ids(@Nullable Supplier<String> given) {
        this.given = given;
        life = given != null ? "" : life();
    }

    private static String life() {
        SecureRandom random = new SecureRandom();
        return Long.toString(random.nextLong() >>> 1, Character.MAX_RADIX)
                + Integer.toString(random.nextInt() >>> 15, Character.MAX_RADIX) + "-";
    }

    String next() {
        return given != null ? given.get() : life + count.incrementAndGet();
    }
}
