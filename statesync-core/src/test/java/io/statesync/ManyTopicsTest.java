package io.statesync;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.memory.InMemorySource;
import io.statesync.memory.InMemoryTransport;
import io.statesync.state.SyncedState;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** E16: an idle topic holds no thread. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ManyTopicsTest {

    private static final int TOPICS = 10_000;

    private final InMemoryTransport transport = new InMemoryTransport();

    @Test
    @DisplayName("E16: 10,000 topics start, hear a change, idle and stop with at most 32 more threads")
    void tenThousandTopicsNeedFewThreads() {
        int before = threads();
        List<InMemorySource<String>> sources = new ArrayList<>();
        List<SyncedState<String>> states = new ArrayList<>();
        List<RevisionSync<String>> syncs = new ArrayList<>();
        for (int i = 0; i < TOPICS; i++) {
            InMemorySource<String> source = new InMemorySource<>("topic-" + i, "first", transport);
            SyncedState<String> state = SyncedState.create();
            sources.add(source);
            states.add(state);
            syncs.add(RevisionSync.forTopic("topic-" + i)
                    .subscriber(transport)
                    .provider(source)
                    .applier(state)
                    .build());
        }

        all(syncs.stream().map(RevisionSync::startAsync));
        int started = threads();
        List<Revision> newest =
                sources.stream().map(source -> source.set("second")).toList();
        List<CompletableFuture<?>> reached = new ArrayList<>();
        for (int i = 0; i < TOPICS; i++) {
            reached.add(syncs.get(i).await(newest.get(i)));
        }
        all(reached.stream());
        int busy = threads();

        assertThat(states).allMatch(state -> state.get().equals("second"));
        assertThat(syncs).allMatch(sync -> sync.status().state() == SyncState.LIVE);
        assertThat(started - before).isLessThanOrEqualTo(32);
        assertThat(busy - before).isLessThanOrEqualTo(32);

        all(syncs.stream().map(RevisionSync::stopAsync));
        assertThat(transport.subscriptions()).isZero();
        assertThat(threads() - before).isLessThanOrEqualTo(32);
    }

    private static void all(java.util.stream.Stream<? extends CompletableFuture<?>> futures) {
        CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).join();
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }
}
