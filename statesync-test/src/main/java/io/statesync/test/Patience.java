package io.statesync.test;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for a fact, which is looked at often, for as long as a slow machine may need. */
final class Patience {

    static final Duration LIMIT = Duration.ofSeconds(20);

    private Patience() {}

    static void until(String fact, Callable<Boolean> holds) {
        Awaitility.await(fact)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(LIMIT)
                .until(holds);
    }
}
