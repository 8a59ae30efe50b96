package io.statesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.statesync.memory.InMemoryTransport;
import io.statesync.policy.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * The engine among real threads that race: writers that announce, links that flap, refreshes, offers, failures, and a life
 * of many starts and stops. {@code -Dstatesync.stress.cycles=100000} runs longer.
 */
class EngineStressTest {

    private final AtomicLong truth = new AtomicLong(1);
    private final AtomicLong applied = new AtomicLong(-1);
    private final AtomicInteger applying = new AtomicInteger();
    private final AtomicBoolean quiet = new AtomicBoolean();
    private final AtomicReference<String> violation = new AtomicReference<>();
    private final AtomicBoolean done = new AtomicBoolean();
    private final InMemoryTransport transport = new InMemoryTransport();

    private final RevisionSync<Long> sync = RevisionSync.forTopic("stressed")
            .subscriber(transport)
            .provider(this::read)
            .applier(this::apply)
            .catchUp(Backoff.of(Duration.ofNanos(10_000), Duration.ofMillis(2)))
            .build();

    private SnapshotEnvelope<Long> read() {
        long now = truth.get();
        if (oneIn(10)) {
            throw new IllegalStateException("the source fails");
        }
        return new SnapshotEnvelope<>(new Revision(now), now);
    }

    private void apply(SnapshotEnvelope<Long> snapshot) {
        note(applying.incrementAndGet() == 1, "two applies at a time");
        note(!quiet.get(), "an apply after the stop");
        long before = applied.get();
        note(snapshot.revision().bits() > before, "an apply goes back: " + before + " -> " + snapshot.revision());
        boolean fails = oneIn(12);
        if (!fails) {
            applied.set(snapshot.revision().bits());
        }
        note(!quiet.get(), "an apply goes on after the stop");
        applying.decrementAndGet();
        if (fails) {
            throw new IllegalStateException("the applier fails");
        }
    }

    private void note(boolean holds, String otherwise) {
        if (!holds) {
            violation.compareAndSet(null, otherwise);
        }
    }

    private static boolean oneIn(int n) {
        return ThreadLocalRandom.current().nextInt(n) == 0;
    }

    @Test
    void startsAndStopsAmongRacingThreadsKeepEveryPromise() {
        int cycles = Integer.getInteger("statesync.stress.cycles", 1_000);
        // a lost wake-up shows as a hang
        assertTimeoutPreemptively(Duration.ofSeconds(120 + cycles / 10), () -> race(cycles));
    }

    private void race(int cycles) throws InterruptedException {
        List<Thread> racing = new ArrayList<>();
        racing.add(race(this::write));
        racing.add(race(this::write));
        racing.add(
                race(() -> sync.refresh().handle((revision, error) -> revision).join()));
        racing.add(race(this::offer));
        racing.add(race(transport::reconnect));

        for (int cycle = 0; cycle < cycles && violation.get() == null; cycle++) {
            startAndStop();
        }
        done.set(true);
        for (Thread thread : racing) {
            thread.join();
        }
        converge();

        assertThat(violation).hasValue(null);
        assertThat(transport.subscriptions()).isZero();
    }

    private void write() {
        Revision revision = new Revision(truth.incrementAndGet());
        transport.publish(InvalidationEvent.of("stressed", revision));
        Thread.yield();
    }

    private void offer() {
        long now = truth.get();
        sync.offer(new SnapshotEnvelope<>(new Revision(now), now))
                .handle((revision, error) -> revision)
                .join();
    }

    private Thread race(Runnable action) {
        Thread thread = new Thread(() -> {
            while (!done.get()) {
                action.run();
            }
        });
        thread.start();
        return thread;
    }

    private void startAndStop() {
        sync.startAsync().handle((started, error) -> null).join();
        Thread.yield();
        sync.stop();
        quiet.set(true);
        Thread.yield();
        quiet.set(false);
    }

    /** Once nothing races any more, the sync comes to the last state by itself. */
    private void converge() {
        boolean started = false;
        while (!started) {
            try {
                sync.startAsync().join();
                started = true;
            } catch (CompletionException sourceFails) {
                assertThat(sourceFails).hasRootCauseInstanceOf(IllegalStateException.class);
            }
        }
        sync.await(new Revision(truth.get())).join();
        assertThat(applied.get()).isEqualTo(truth.get());
        sync.close();
    }
}
