package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.state.EntryMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a state adapter promises besides if it swaps all entries at once and says which have changed (AD-12, AD-16). Not
 * promised by those that write entry by entry, such as a cache.
 */
public abstract class AtomicStateAdapterContract extends StateAdapterContract {

    private static final int SWAPS = 2_000;

    /** All entries, in one read. Called by several threads. */
    protected abstract Map<String, Object> everything();

    /** From now on tells of each change the keys whose entries differ, on the thread that applies. */
    protected abstract void onChange(Consumer<Set<String>> keys);

    @Test
    @DisplayName("AD-12: a reader during an apply sees the old or the new state, never a mix")
    void aReaderNeverSeesAMix() throws Exception {
        start(EntryMapping.replace());
        apply(Map.of("a", 0, "b", 0));
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch reading = new CountDownLatch(2);
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            readers.add(CompletableFuture.runAsync(
                    () -> {
                        requireNoMix(everything());
                        reading.countDown();
                        while (!over.get()) {
                            requireNoMix(everything());
                        }
                    },
                    task -> new Thread(task, "reader").start()));
        }
        reading.await();

        for (int i = 1; i <= SWAPS; i++) {
            apply(Map.of("a", i, "b", i));
        }
        over.set(true);

        readers.forEach(CompletableFuture::join);
    }

    private static void requireNoMix(Map<String, Object> seen) {
        assertThat(seen.get("a")).isNotNull().isEqualTo(seen.get("b"));
    }

    @Test
    @DisplayName("AD-16: a change names exactly the keys that changed")
    void aChangeNamesExactlyTheKeysThatChanged() throws Exception {
        start(EntryMapping.replace());
        List<Set<String>> changes = new ArrayList<>();
        onChange(changes::add);

        apply(Map.of("a", 1, "b", 20, "c", 3));
        apply(Map.of("a", 1, "c", 3));
        apply(Map.of("a", 1, "c", 3));
        apply(Map.of());

        assertThat(changes).containsExactly(Set.of("b", "c"), Set.of("b"), Set.of("a", "c"));
    }
}
