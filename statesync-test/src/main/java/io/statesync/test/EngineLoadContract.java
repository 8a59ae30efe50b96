package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationHandler;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.policy.LimitedExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The engine's cases (EX) about load: demand without end, topics that share a thread, events that cost nothing. */
public abstract class EngineLoadContract extends HandDrivenTestBed {

    private static final int STALE_EVENTS = 10_000;

    @Test
    @DisplayName("EX-16: a start returns after its own refresh, however many events arrive")
    void aStartReturnsAfterItsOwnRefreshHoweverManyEventsArrive() {
        AtomicLong source = new AtomicLong();
        AtomicBoolean changing = new AtomicBoolean(true);
        provider.answer(() -> {
            long read = source.get();
            if (changing.get()) {
                // the source moves on while the snapshot travels: the answer is never the newest
                deliver(source.incrementAndGet());
            }
            return new SnapshotEnvelope<>(rev(read), "state " + read);
        });
        RevisionSync<String> sync = build(builder());

        sync.start();

        int calls = provider.calls();
        provider.awaitCalls(calls + 50);
        changing.set(false);
        settle();
        assertThat(sync.localRevision()).isEqualTo(rev(source.get()));
        assertThat(provider.mostAtOnce()).isEqualTo(1);
    }

    @Test
    @DisplayName("EX-23: an applier that invalidates its own topic starves nobody, and a stop ends it")
    void anApplierThatInvalidatesItsOwnTopicStarvesNobody() {
        LimitedExecutor oneThread = new LimitedExecutor(executor, 1);
        AtomicLong source = new AtomicLong(1);
        provider.answer(() -> new SnapshotEnvelope<>(rev(source.get()), "state"));
        applier.hook(snapshot -> deliver(source.incrementAndGet()));
        RevisionSync<String> busy = build(builder().executor(oneThread));
        busy.start();
        applier.awaitBegun(10);

        RevisionSync<String> other = build(RevisionSync.forTopic(topic + "-b")
                .subscriber(HandSubscriber.confirming())
                .provider(GatedProvider.at(7, "seven").unconditional())
                .applier(new RecordingApplier<>())
                .executor(oneThread)
                .scheduler(scheduler));
        CompletableFuture<Void> started = other.startAsync();

        assertThat(started).succeedsWithin(Patience.LIMIT);
        assertThat(other.localRevision()).isEqualTo(rev(7));
        busy.stop();
        settle();
        int applies = applier.received().size();
        deliver(source.incrementAndGet());
        settle();
        assertThat(applier.received()).hasSize(applies);
        assertThat(applier.mostAtOnce()).isEqualTo(1);
    }

    @Test
    @DisplayName("EX-24: stale events lead to no fetch and no apply, and allocate nothing")
    void staleEventsLeadToNothingAndAllocateNothing() {
        build(RevisionSync.forTopic(topic)
                        .subscriber(hand)
                        .provider(provider)
                        .applier(applier)
                        .executor(executor)
                        .scheduler(scheduler))
                .start();
        settle();
        InvalidationHandler handler = hand.last().handler();
        for (int round = 0; round < 10; round++) {
            deliverStale(handler);
        }

        long before = AllocatedBytes.ofThisThread();
        deliverStale(handler);
        long allocated = AllocatedBytes.ofThisThread() - before;

        // the smallest object has 16 bytes; the measurement itself allocates a little, whatever the number of events
        assertThat(allocated).isLessThan(STALE_EVENTS * 16L / 2);
        settle();
        assertThat(provider.calls()).isEqualTo(1);
        assertThat(applier.received()).hasSize(1);
    }

    private void deliverStale(InvalidationHandler handler) {
        for (int i = 0; i < STALE_EVENTS; i++) {
            handler.onInvalidation(topic, "1", "shop-1", InvalidationEvent.NO_TIMESTAMP, null);
        }
    }
}
