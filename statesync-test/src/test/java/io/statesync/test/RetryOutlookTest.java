package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncErrorContext;
import io.statesync.policy.Backoff;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a failure says of the next attempt is what then happens (E12). */
class RetryOutlookTest extends HandDrivenTestBed {

    private static final Backoff BACKOFF =
            Backoff.of(Duration.ofSeconds(1), Duration.ofSeconds(30)).withJitter(() -> 1);

    @Test
    void aRefreshThatNobodyNeededPromisesNoRetryAndGetsNone() {
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF));
        provider.fail(new IOException("away"));

        sync.refresh();

        settle();
        assertThat(listener.errors()).singleElement().satisfies(RetryOutlookTest::promisesNothing);
        assertThat(sync.status().nextAttempt()).isNull();
        advance(Duration.ofMinutes(5));
        assertThat(provider.calls()).isEqualTo(2);
    }

    @Test
    void aRefreshOfATopicThatIsBehindIsRetriedAsItSays() {
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF));
        provider.fail(new IOException("away"));
        deliver(2);
        settle();

        sync.refresh();

        settle();
        SyncErrorContext second = listener.errors().get(1);
        assertThat(second.willRetry()).isTrue();
        int calls = provider.calls();
        advance(second.nextDelay());
        assertThat(provider.calls()).isEqualTo(calls + 1);
    }

    @Test
    void anOfferThatCannotBeAppliedIsMadeUpForByAFetchAsItSays() {
        RevisionSync<String> sync = start(builder().catchUp(BACKOFF));
        applier.failNext(new IllegalStateException("full"));

        sync.offer(new SnapshotEnvelope<>(rev(2), "two"));

        settle();
        assertThat(listener.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.willRetry()).isTrue());
        advance(listener.errors().get(0).nextDelay());
        assertThat(provider.calls()).isEqualTo(2);
    }

    private static void promisesNothing(SyncErrorContext error) {
        assertThat(error.willRetry()).isFalse();
        assertThat(error.nextDelay()).isNull();
    }
}
