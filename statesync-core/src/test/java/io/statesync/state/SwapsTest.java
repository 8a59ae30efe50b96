package io.statesync.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/** Readers of a {@link SyncedMap} during 1,000,000 swaps, in every way that there is: none sees two generations mixed. */
class SwapsTest {

    private static final int SWAPS = 1_000_000;
    private static final int READERS = 3;

    private static final List<ToIntFunction<SyncedMap<String, Integer>>> WAYS_TO_READ = List.of(
            map -> distinct(map.map().values().toArray()),
            map -> distinct(new ArrayList<>(map.map().entrySet())
                    .stream().map(Map.Entry::getValue).toArray()),
            map -> distinct(map.map().values().stream().toArray()),
            map -> distinct(map.snapshot().value().values().toArray()));

    @Test
    void noReaderSeesTwoGenerationsMixed() throws Exception {
        SyncedMap<String, Integer> map = SyncedMap.withInitial(generation(0));
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong mixed = new AtomicLong();
        AtomicLong reads = new AtomicLong();
        CountDownLatch reading = new CountDownLatch(READERS);
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(CompletableFuture.runAsync(
                    () -> {
                        reading.countDown();
                        for (int way = 0; !over.get(); way = (way + 1) % WAYS_TO_READ.size()) {
                            reads.incrementAndGet();
                            if (WAYS_TO_READ.get(way).applyAsInt(map) != 1) {
                                mixed.incrementAndGet();
                            }
                        }
                    },
                    task -> new Thread(task, "reader").start()));
        }
        reading.await();

        for (int i = 1; i <= SWAPS; i++) {
            map.apply(new SnapshotEnvelope<>(new Revision(i), generation(i)));
        }
        over.set(true);
        readers.forEach(CompletableFuture::join);

        assertThat(mixed).hasValue(0);
        assertThat(reads.get()).isGreaterThan(READERS);
        assertThat(map.get("c")).isEqualTo(SWAPS);
    }

    /* The number of keys changes, too, so that a size and an iteration of two generations would not fit. */
    private static Map<String, Integer> generation(int number) {
        return number % 2 == 0
                ? Map.of("a", number, "b", number, "c", number)
                : Map.of("a", number, "b", number, "c", number, "d", number);
    }

    private static int distinct(Object[] values) {
        long generations = List.of(values).stream().distinct().count();
        boolean whole = values.length == ((int) values[0] % 2 == 0 ? 3 : 4);
        return whole ? (int) generations : -1;
    }
}
