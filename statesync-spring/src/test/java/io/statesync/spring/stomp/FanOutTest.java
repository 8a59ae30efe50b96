package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Writers that take what nobody has taken. */
class FanOutTest {

    private final Deque<Runnable> writers = new ArrayDeque<>();
    private final List<Integer> delivered = new ArrayList<>();

    @Test
    void oneWriterBringsEverythingOnceAndTheNextFindsNothing() {
        List<Integer> all = IntStream.range(0, 100).boxed().toList();

        new FanOut<>(all, delivered::add, writers::add).begin();
        work();

        assertThat(delivered).isEqualTo(all);
    }

    @Test
    void whoIsHeldUpDelaysNobodyElse() {
        List<Integer> whileTheFirstIsHeldUp = new ArrayList<>();
        new FanOut<>(
                        List.of(1, 2, 3),
                        item -> {
                            if (item == 1) {
                                work();
                                whileTheFirstIsHeldUp.addAll(delivered);
                            }
                            delivered.add(item);
                        },
                        writers::add)
                .begin();

        work();

        assertThat(whileTheFirstIsHeldUp).containsExactly(2, 3);
        assertThat(delivered).containsExactly(2, 3, 1);
    }

    @Test
    void asManyMayBeHeldUpAsThereAreWriters() {
        List<Integer> held = new ArrayList<>();
        new FanOut<>(
                        List.of(1, 2, 3, 4),
                        item -> {
                            if (item < 4) {
                                held.add(item);
                                work();
                            }
                            delivered.add(item);
                        },
                        writers::add)
                .begin();

        work();

        assertThat(held).containsExactly(1, 2, 3);
        assertThat(delivered).startsWith(4);
    }

    @Test
    void withoutClientsNoWriterIsCalled() {
        new FanOut<Integer>(List.of(), delivered::add, writers::add).begin();

        assertThat(writers).isEmpty();
    }

    /* What the other writers do while one is held up. */
    private void work() {
        while (!writers.isEmpty()) {
            writers.remove().run();
        }
    }
}
