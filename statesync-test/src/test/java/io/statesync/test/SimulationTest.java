package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private final Simulation simulation = new Simulation();
    private final List<String> trace = new ArrayList<>();

    @AfterEach
    void close() {
        simulation.close();
    }

    @Test
    void tasksInterleaveInVirtualTime() {
        sleeper("a", 30);
        sleeper("b", 10);
        simulation.run(Duration.ofMillis(20));
        assertThat(trace).containsExactly("a begins at 0", "b begins at 0", "b ends at 10");
        simulation.run(Duration.ofHours(1));
        assertThat(trace).endsWith("a ends at 30").hasSize(4);
        assertThat(now()).isEqualTo(Duration.ofHours(1).toMillis() + 20);
    }

    @Test
    void theSameInputsGiveTheSameRun() {
        assertThat(randomRun(7)).isEqualTo(randomRun(7)).isNotEqualTo(randomRun(8));
    }

    @Test
    void anInterruptEndsASleepAtOnce() {
        AtomicReference<Thread> sleeping = new AtomicReference<>();
        simulation.execute(() -> {
            sleeping.set(Thread.currentThread());
            sleep("a", 1000);
        });
        simulation.run(Duration.ofMillis(10));
        sleeping.get().interrupt();
        simulation.run(Duration.ZERO);
        assertThat(trace).containsExactly("a begins at 0", "a is interrupted at 10");
    }

    @Test
    void aDeafTaskHearsOfTheInterruptWhenItsEventHappens() {
        AtomicReference<Thread> waiting = new AtomicReference<>();
        CompletableFuture<Void> event = new CompletableFuture<>();
        simulation.execute(() -> {
            waiting.set(Thread.currentThread());
            try {
                simulation.awaitDeaf(event);
                trace.add("interrupted: " + Thread.currentThread().isInterrupted());
            } catch (InterruptedException closed) {
                trace.add("closed");
            }
        });
        simulation.run(Duration.ofMillis(10));
        waiting.get().interrupt();
        simulation.run(Duration.ofMillis(10));
        assertThat(trace).isEmpty();
        event.complete(null);
        simulation.run(Duration.ZERO);
        assertThat(trace).containsExactly("interrupted: true");
    }

    @Test
    void onlyTasksPauseAndOnlyTheDriverMovesTime() {
        assertThatIllegalStateException().isThrownBy(() -> simulation.sleep(Duration.ofMillis(1)));
        simulation.execute(() -> simulation.run(Duration.ofMillis(1)));
        simulation.run(Duration.ZERO);
        assertThat(simulation.failures()).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatNeverHappensFailsWithItsName() {
        assertThatThrownBy(() -> simulation.until("pigs fly", () -> false, Duration.ofMinutes(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("pigs fly");
    }

    @Test
    void closingEndsWhatPauses() {
        sleeper("a", 1000);
        simulation.run(Duration.ofMillis(1));
        simulation.close();
        assertThat(trace).containsExactly("a begins at 0", "a is interrupted at 1");
    }

    private static List<String> randomRun(long seed) {
        Random random = new Random(seed);
        SimulationTest run = new SimulationTest();
        for (int i = 0; i < 20; i++) {
            String name = "task " + i;
            run.simulation.execute(() -> {
                for (int nap = 0; nap < 5; nap++) {
                    run.sleep(name, random.nextInt(20));
                }
            });
        }
        run.simulation.run(Duration.ofMinutes(1));
        run.simulation.close();
        return run.trace;
    }

    private void sleeper(String name, long millis) {
        simulation.execute(() -> sleep(name, millis));
    }

    private void sleep(String name, long millis) {
        trace.add(name + " begins at " + now());
        try {
            simulation.sleep(Duration.ofMillis(millis));
            trace.add(name + " ends at " + now());
        } catch (InterruptedException e) {
            trace.add(name + " is interrupted at " + now());
        }
    }

    private long now() {
        return Duration.ofNanos(simulation.scheduler().now()).toMillis();
    }
}
