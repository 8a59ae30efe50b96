package io.statesync.test.simulation;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The whole system on one line of events: what is promised holds after each event of each schedule. {@code
 * -Dstatesync.simulation.schedules=1000000} plays more, {@code -Dstatesync.simulation.seed=42} begins elsewhere: with one
 * schedule it replays a seed that failed, and {@code -Dstatesync.simulation.trace=true} says what happens in it.
 */
class SystemSimulationTest {

    private static final long PROGRESS = 50_000;

    @BeforeAll
    static void silence() {
        Quiet.begin();
    }

    @AfterAll
    static void speak() {
        Quiet.end();
    }

    @Test
    @DisplayName(
            "EX-29: random schedules of all faults over all parts keep every promise, and end well within the bound")
    void randomSchedulesKeepEveryPromise() {
        long seed = Long.getLong("statesync.simulation.seed", 1);
        long schedules = Long.getLong("statesync.simulation.schedules", 4_000);
        long begun = System.nanoTime();
        AtomicLong played = new AtomicLong();
        LongStream.range(seed, seed + schedules).parallel().forEach(next -> {
            Player.play(next);
            if (played.incrementAndGet() % PROGRESS == 0) {
                say(played.get(), seed, begun);
            }
        });
        say(played.get(), seed, begun);
    }

    private static void say(long played, long seed, long begun) {
        System.out.printf(
                "simulation: %,d schedules from seed %d in %d s%n",
                played, seed, (System.nanoTime() - begun) / 1_000_000_000);
    }
}
