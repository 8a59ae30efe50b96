package io.statesync;

import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * {@code -Dstatesync.simulation.schedules=5000000} plays more, {@code -Dstatesync.simulation.seed=42} begins elsewhere: with
 * one schedule it replays a seed that failed.
 */
class EngineSimulationTest {

    @Test
    @DisplayName("EX-29: random schedules are safe at every step and converge once faults end")
    void randomSchedulesAreSafeAndConverge() {
        long seed = Long.getLong("statesync.simulation.seed", 1);
        long schedules = Long.getLong("statesync.simulation.schedules", 100_000);
        LongStream.range(seed, seed + schedules).parallel().forEach(Simulation::play);
    }
}
