package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationHandler;
import io.statesync.ReceivedInvalidation;
import io.statesync.Revision;
import io.statesync.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SimulatedBusTest {

    private final ManualScheduler clock = new ManualScheduler();
    private final SimulatedBus bus = new SimulatedBus(clock, 1);

    @Test
    void withoutFaultsAnEventArrivesWholeBeforePublishReturns() {
        Ear ear = listening(bus.link());
        bus.publish(new InvalidationEvent("prices", new Revision(5), "shop", 7, "00-trace-parent-00"));
        assertThat(ear.heard).containsExactly(new ReceivedInvalidation("prices", "5", "shop", 7, "00-trace-parent-00"));
    }

    @Test
    void aDelayedEventArrivesInItsTime() {
        Ear ear = listening(bus.link());
        bus.delay(Duration.ofMillis(20));
        publish(1);
        clock.advance(Duration.ofMillis(19));
        assertThat(ear.revisions()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(ear.revisions()).containsExactly(1L);
    }

    @Test
    void jitterLetsLaterEventsOvertake() {
        Ear ear = listening(bus.link());
        bus.jitter(Duration.ofMillis(20));
        LongStream.rangeClosed(1, 50).forEach(this::publish);
        clock.advance(Duration.ofMillis(20));
        assertThat(ear.revisions())
                .hasSize(50)
                .isNotEqualTo(LongStream.rangeClosed(1, 50).boxed().toList());
    }

    @Test
    void anAsynchronousBroadcastArrivesAfterPublishReturned() {
        Ear ear = listening(bus.link());
        bus.asynchronous();
        publish(1);
        assertThat(ear.revisions()).isEmpty();
        clock.runDue();
        assertThat(ear.revisions()).containsExactly(1L);
    }

    @Test
    void lossAndDuplicatesStrikeEachSubscriberAsOftenAsTold() {
        Ear first = listening(bus.link());
        Ear second = listening(bus.link());
        bus.loss(0.3);
        LongStream.rangeClosed(1, 1000).forEach(this::publish);
        assertThat(first.revisions()).hasSizeBetween(600, 800).isNotEqualTo(second.revisions());
        bus.loss(0).duplicates(1);
        publish(1001);
        assertThat(first.revisions()).endsWith(1001L, 1001L);
    }

    @Test
    void theNextEventIsDropped() {
        Ear ear = listening(bus.link());
        bus.dropNext();
        publish(1);
        publish(2);
        assertThat(ear.revisions()).containsExactly(2L);
    }

    @Test
    void theLastEventIsDroppedWhereItHasNotArrived() {
        Ear prompt = listening(bus.link());
        SimulatedLink link = bus.link();
        Ear late = listening(link);
        link.hold();
        publish(1);
        publish(2);
        bus.dropLast();
        link.release();
        assertThat(prompt.revisions()).containsExactly(1L, 2L);
        assertThat(late.revisions()).containsExactly(1L);
    }

    @Test
    void aLinkReleasesWhatItHeldInReverse() {
        SimulatedLink link = bus.link();
        Ear ear = listening(link);
        link.hold();
        LongStream.rangeClosed(1, 3).forEach(this::publish);
        assertThat(ear.revisions()).isEmpty();
        link.releaseReversed();
        publish(4);
        assertThat(ear.revisions()).containsExactly(3L, 2L, 1L, 4L);
    }

    @Test
    void aClosedSubscriptionHearsNothingThatIsStillOnItsWay() {
        Ear ear = new Ear();
        Subscription subscription = bus.subscribe("prices", ear);
        bus.delay(Duration.ofMillis(20));
        publish(1);
        subscription.close();
        clock.advance(Duration.ofMillis(20));
        assertThat(ear.heard).isEmpty();
    }

    private Ear listening(SimulatedLink link) {
        Ear ear = new Ear();
        assertThat(link.subscribe("prices", ear).active().toCompletableFuture()).isCompleted();
        return ear;
    }

    private void publish(long revision) {
        bus.publish(InvalidationEvent.of("prices", new Revision(revision)));
    }

    private static final class Ear implements InvalidationHandler {

        private final List<ReceivedInvalidation> heard = new ArrayList<>();

        List<Long> revisions() {
            return heard.stream()
                    .map(event -> Revision.parse(event.revision()).bits())
                    .toList();
        }

        @Override
        public void onInvalidation(
                @Nullable String topic,
                @Nullable String revision,
                @Nullable String sourceId,
                long timestampMs,
                @Nullable String traceparent) {
            heard.add(new ReceivedInvalidation(topic, revision, sourceId, timestampMs, traceparent));
        }

        @Override
        public void onMalformed(@Nullable Object payload, Throwable error) {
            throw new AssertionError("the bus made a message malformed: " + payload, error);
        }

        @Override
        public void onConnectionLost(@Nullable Throwable cause) {
            throw new AssertionError("the bus lost a connection", cause);
        }

        @Override
        public void onConnectionRestored() {
            throw new AssertionError("the bus restored a connection");
        }
    }
}
