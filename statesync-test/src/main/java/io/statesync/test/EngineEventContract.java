package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.InvalidationOutcome;
import io.statesync.ProtocolException;
import io.statesync.ReceivedInvalidation;
import io.statesync.RevisionSync;
import io.statesync.SyncErrorContext;
import io.statesync.SyncException;
import io.statesync.SyncPhase;
import io.statesync.policy.Throttling;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The protocol's cases (EN) about what a subscription hears, right and wrong, about failures, and about throttling. */
public abstract class EngineEventContract extends HandDrivenTestBed {

    @Test
    @DisplayName("EN-07: an event without a topic breaks the protocol")
    void anEventWithoutATopicBreaksTheProtocol() {
        started();

        hand.last().deliver("", "2");
        hand.last().deliver(" \t ", "2");

        settle();
        assertThat(listener.errors())
                .extracting(SyncErrorContext::phase)
                .containsExactly(SyncPhase.PROTOCOL, SyncPhase.PROTOCOL);
        assertThat(listener.invalidations(InvalidationOutcome.MALFORMED)).isEqualTo(2);
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    @DisplayName("EN-08: an event whose revision is not canonical breaks the protocol")
    void anEventWhoseRevisionIsNotCanonicalBreaksTheProtocol() {
        started();

        hand.last().deliver(topic, "01");
        hand.last().deliver(topic, "abc");

        settle();
        assertThat(listener.errors())
                .extracting(SyncErrorContext::phase)
                .containsExactly(SyncPhase.PROTOCOL, SyncPhase.PROTOCOL);
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    @DisplayName("EN-09: malformed payloads are reported once each and throw nothing into the transport")
    void malformedPayloadsAreReportedOnceEach() {
        started();
        HandSubscription channel = hand.last();

        channel.deliverMalformed("{\"topic\":\"t\",\"revision\":5}", new ProtocolException("revision is a number"));
        channel.deliverMalformed("{\"topic\":7,\"revision\":\"5\"}", new ProtocolException("topic is a number"));
        channel.deliverMalformed(null, new ProtocolException("null"));
        channel.deliverMalformed(List.of(), new ProtocolException("an array"));
        channel.deliverMalformed("not json", new IOException("not JSON"));
        channel.deliver(topic, null);
        channel.deliver(topic, "+5");
        channel.deliver(null, "5");

        settle();
        assertThat(listener.errors()).hasSize(8).allSatisfy(error -> {
            assertThat(error.phase()).isEqualTo(SyncPhase.PROTOCOL);
            assertThat(error.topic()).isEqualTo(topic);
        });
        assertThat(listener.errors().get(4).sourceEvent()).isEqualTo("not json");
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    @DisplayName("EN-15: a subscriber that rejects fails the start with its own error")
    void aSubscriberThatRejectsFailsTheStartWithItsOwnError() {
        IllegalStateException refused = new IllegalStateException("no such channel");
        hand.refuse(refused);
        RevisionSync<String> sync = build(builder());

        assertThatThrownBy(sync::start)
                .isInstanceOf(SyncException.class)
                .cause()
                .isSameAs(refused);

        settle();
        assertThat(listener.errors()).singleElement().satisfies(error -> {
            assertThat(error.phase()).isEqualTo(SyncPhase.SUBSCRIBE);
            assertThat(error.error()).isSameAs(refused);
        });
        assertThat(provider.calls()).isZero();
    }

    @Test
    @DisplayName("EN-15: a subscription that never becomes active fails the start with its own error")
    void aSubscriptionThatNeverBecomesActiveFailsTheStart() {
        HandSubscriber waiting = HandSubscriber.waiting();
        IOException refused = new IOException("forbidden");
        waiting.onSubscribe(subscription -> subscription.fail(refused));
        RevisionSync<String> sync = build(builderOn(waiting));

        assertThatThrownBy(sync::start)
                .isInstanceOf(SyncException.class)
                .cause()
                .isSameAs(refused);

        settle();
        assertThat(listener.errors()).extracting(SyncErrorContext::phase).containsExactly(SyncPhase.SUBSCRIBE);
        assertThat(waiting.open()).isZero();
        assertThat(provider.calls()).isZero();
    }

    @Test
    @DisplayName("EN-18: a protocol error names the subscription's topic and shows the event")
    void aProtocolErrorNamesTheTopicAndShowsTheEvent() {
        started();

        hand.last().handler().onInvalidation("", "7", "shop-1", 1234, null);

        assertThat(listener.errors()).singleElement().satisfies(error -> {
            assertThat(error.phase()).isEqualTo(SyncPhase.PROTOCOL);
            assertThat(error.topic()).isEqualTo(topic);
            assertThat(error.sourceEvent()).isEqualTo(new ReceivedInvalidation("", "7", "shop-1", 1234, null));
            assertThat(error.localRevision()).isEqualTo(rev(1));
        });
    }

    @Test
    @DisplayName("EN-19: a refresh before the start applies the snapshot")
    void aRefreshBeforeTheStartAppliesTheSnapshot() {
        RevisionSync<String> sync = build(builder());

        assertThat(sync.refresh().join()).isEqualTo(rev(1));

        assertThat(applier.revisions()).containsExactly(rev(1));
        assertThat(sync.localRevision()).isEqualTo(rev(1));
        assertThat(listener.errors()).isEmpty();
        assertThat(hand.subscriptions()).isEmpty();
    }

    @Test
    @DisplayName("EN-20: a refresh after the stop resolves and fetches nothing")
    void aRefreshAfterTheStopResolvesAndFetchesNothing() {
        RevisionSync<String> sync = started();
        sync.stop();
        provider.answer(2, "two");

        assertThat(sync.refresh()).isCompletedWithValue(rev(1));

        settle();
        assertThat(provider.calls()).isEqualTo(1);
        assertThat(applier.revisions()).containsExactly(rev(1));
        assertThat(listener.errors()).isEmpty();
    }

    @Test
    @DisplayName("EN-21: a throwing error callback harms nothing")
    void aThrowingErrorCallbackHarmsNothing() {
        AtomicInteger called = new AtomicInteger();
        RevisionSync<String> sync = start(builder().onError(error -> {
            called.incrementAndGet();
            throw new IllegalStateException("the callback is broken");
        }));

        hand.last().deliver(topic, "01");
        change(2);

        settle();
        assertThat(called).hasValue(1);
        assertThat(sync.localRevision()).isEqualTo(rev(2));
    }

    @Test
    @DisplayName("EN-25: a failing provider is reported once, with its own error")
    void aFailingProviderIsReportedOnceWithItsOwnError() {
        IOException away = new IOException("away");
        provider.fail(away);
        RevisionSync<String> sync = build(builder());

        assertThatThrownBy(sync::start)
                .isInstanceOf(SyncException.class)
                .cause()
                .isSameAs(away);

        settle();
        assertThat(listener.errors()).singleElement().satisfies(error -> {
            assertThat(error.phase()).isEqualTo(SyncPhase.GET_SNAPSHOT);
            assertThat(error.error()).isSameAs(away);
            assertThat(error.attempt()).isEqualTo(1);
        });
        assertThat(hand.open()).isZero();
    }

    @Test
    @DisplayName("EN-26: a failing applier is reported once, with its own error")
    void aFailingApplierIsReportedOnceWithItsOwnError() {
        IllegalArgumentException wrong = new IllegalArgumentException("wrong shape");
        applier.fail(wrong);
        RevisionSync<String> sync = build(builder());

        assertThatThrownBy(sync::start)
                .isInstanceOf(SyncException.class)
                .cause()
                .isSameAs(wrong);

        settle();
        assertThat(listener.errors()).singleElement().satisfies(error -> {
            assertThat(error.phase()).isEqualTo(SyncPhase.APPLY);
            assertThat(error.error()).isSameAs(wrong);
            assertThat(error.snapshotRevision()).isEqualTo(rev(1));
        });
        assertThat(hand.open()).isZero();
    }

    @Test
    @DisplayName("EN-29: a debounce waits for silence and then fetches once")
    void aDebounceWaitsForSilenceAndThenFetchesOnce() {
        RevisionSync<String> sync = start(builder().throttling(Throttling.debounce(Duration.ofMillis(50))));

        for (int revision = 2; revision <= 5; revision++) {
            change(revision);
            advance(Duration.ofMillis(10));
        }
        advance(Duration.ofMillis(39));
        assertThat(provider.calls()).isEqualTo(1);

        advance(Duration.ofMillis(1));
        assertThat(provider.calls()).isEqualTo(2);
        assertThat(sync.localRevision()).isEqualTo(rev(5));

        advance(Duration.ofSeconds(10));
        assertThat(provider.calls()).isEqualTo(2);
    }

    @Test
    @DisplayName("EN-30: a throttle fetches at once and again at the end of the window")
    void aThrottleFetchesAtOnceAndAgainAtTheEndOfTheWindow() {
        RevisionSync<String> sync = start(builder().throttling(Throttling.throttle(Duration.ofMillis(100))));
        provider.hold();

        change(2);
        provider.awaitCalls(2);
        scheduler.advance(Duration.ofMillis(20));
        provider.release();
        settle();
        change(3);
        change(4);
        settle();
        assertThat(provider.calls()).isEqualTo(2);

        advance(Duration.ofMillis(100));
        assertThat(sync.localRevision()).isEqualTo(rev(4));
        advance(Duration.ofSeconds(10));
        assertThat(provider.calls()).isLessThanOrEqualTo(4);
    }

    @Test
    @DisplayName("EN-31: a stop cancels what a debounce holds back")
    void aStopCancelsWhatADebounceHoldsBack() {
        RevisionSync<String> sync = start(builder().throttling(Throttling.debounce(Duration.ofMillis(100))));
        change(2);
        scheduler.advance(Duration.ofMillis(20));

        sync.stop();

        advance(Duration.ofSeconds(10));
        assertThat(provider.calls()).isEqualTo(1);
        assertThat(scheduler.pendingTimers()).isZero();
    }
}
