package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.RefreshCause;
import io.statesync.RefreshOutcome;
import io.statesync.RefreshReport;
import io.statesync.RevisionSync;
import io.statesync.RoundObserver;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncListener;
import io.statesync.test.RecordingObserver.Observed;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What an engine promises to whoever runs something around its rounds (E2, E7, E9). */
public abstract class EngineObserverContract extends HandDrivenTestBed {

    private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(30);
    private static final String ONE = "00-11111111111111111111111111111111-1111111111111111-01";
    private static final String TWO = "00-22222222222222222222222222222222-2222222222222222-01";

    private final RecordingObserver observer = new RecordingObserver();

    private RevisionSync<String> observed() {
        return start(builder().observing(observer));
    }

    private void change(long revision, String traceparent) {
        provider.answer(revision, "state " + revision);
        hand.last().deliverTraced(revision, traceparent);
    }

    @Test
    void aRoundIsObservedOnceOnItsOwnThreadFromTheFetchToTheApply() {
        observed();

        change(2, ONE);

        settle();
        assertThat(observer.rounds()).hasSize(2).allSatisfy(round -> {
            assertThat(round.topic()).isEqualTo(topic);
            assertThat(round.calls()).containsExactly("applying", "applied", "APPLIED");
            assertThat(round.error()).isNull();
        });
        assertThat(observer.rounds())
                .extracting(Observed::cause)
                .containsExactly(RefreshCause.START, RefreshCause.INVALIDATION);
        assertThat(observer.rounds()).extracting(Observed::traceparent).containsExactly(null, ONE);
    }

    @Test
    void theRoundIsOverAfterTheListenersAndBeforeTheFutures() {
        List<String> order = new CopyOnWriteArrayList<>();
        RevisionSync<String> sync = build(builder()
                .listener(new SyncListener() {
                    @Override
                    public void onRefreshEnded(RefreshReport report) {
                        order.add("listener " + observer.last().calls().size());
                    }
                })
                .observing(observer));
        provider.hold();

        CompletableFuture<Void> told = sync.refresh()
                .thenAccept(
                        local -> order.add("future " + observer.last().calls().size()));
        provider.release();

        assertThat(told).succeedsWithin(Patience.LIMIT);
        assertThat(order).containsExactly("listener 2", "future 3");
    }

    @Test
    void eventsThatWaitTogetherAreAnsweredInTheTraceOfTheNewest() {
        observed();
        provider.hold();
        change(2, ONE);
        provider.awaitCalls(2);
        hand.last().deliverTraced(5, TWO);
        hand.last().deliverTraced(4, ONE);
        hand.last().deliverTraced(6, null);
        provider.answer(6, "six");

        provider.release();

        settle();
        assertThat(observer.rounds()).extracting(Observed::traceparent).containsExactly(null, ONE, TWO);
    }

    @Test
    void aTraceEndsWithTheRoundThatAnswersItsEvent() {
        RevisionSync<String> sync = observed();
        provider.failNext(new IOException("the source is away"));
        change(2, ONE);
        settle();

        assertThat(sync.refresh().join()).isEqualTo(rev(2));
        assertThat(sync.refresh().join()).isEqualTo(rev(2));

        settle();
        assertThat(observer.rounds()).extracting(Observed::traceparent).containsExactly(null, ONE, ONE, null);
        assertThat(observer.rounds().get(1).calls()).containsExactly("FAILED");
        assertThat(observer.rounds().get(1).error()).hasMessage("the source is away");
        assertThat(observer.last().calls()).containsExactly("NOT_MODIFIED");
    }

    @Test
    void anApplyThatFailsIsToldTwice() {
        observed();
        applier.failNext(new IllegalStateException("no room"));

        change(2, ONE);

        settle();
        assertThat(observer.last().calls()).containsExactly("applying", "not applied: no room", "FAILED");
        assertThat(observer.last().error()).hasMessage("no room");
    }

    @Test
    void anOfferIsARoundWithoutAFetch() {
        RevisionSync<String> sync = observed();

        sync.offer(new SnapshotEnvelope<>(rev(7), "seven")).join();

        settle();
        assertThat(observer.last().cause()).isEqualTo(RefreshCause.OFFER);
        assertThat(observer.last().calls()).containsExactly("applying", "applied", "APPLIED");
    }

    @Test
    void aFetchThatIsTooLateEndsWhereItBeganOnceItsThreadComesBack() {
        observed();
        Runnable letGo = provider.holdStubbornly();
        change(2, ONE);
        provider.awaitCalls(2);
        Observed late = observer.last();

        scheduler.advance(FETCH_TIMEOUT);
        until(() -> listener.reports(RefreshOutcome.FAILED).size() == 1);

        assertThat(late.calls()).isEmpty();
        letGo.run();
        settle();
        assertThat(late.calls()).containsExactly("FAILED");
        assertThat(late.error()).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aFetchThatAStopTookBackEndsWithoutAnOutcome() {
        RevisionSync<String> sync = observed();
        provider.hold();
        change(2, ONE);
        provider.awaitCalls(2);

        sync.stop();

        settle();
        assertThat(observer.last().calls()).containsExactly("taken back");
    }

    @Test
    void anObserverThatFailsHarmsNobody() {
        for (RoundObserver broken : BrokenObservers.all()) {
            RevisionSync<String> sync = build(builder().observing(broken));

            assertThat(sync.refresh()).succeedsWithin(Patience.LIMIT).isEqualTo(rev(1));
        }
        settle();
        assertThat(listener.errors()).isEmpty();
    }
}
