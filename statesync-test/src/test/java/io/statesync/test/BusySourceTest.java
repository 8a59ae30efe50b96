package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.RevisionProbe;
import io.statesync.RevisionSync;
import io.statesync.SyncListener;
import io.statesync.policy.Backoff;
import io.statesync.policy.RetryAfter;
import io.statesync.policy.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A source that says when to come again is left alone until then, by its probe and by the retry wrapper. */
class BusySourceTest extends HandDrivenTestBed {

    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    private final AtomicInteger questions = new AtomicInteger();
    private volatile boolean busy = true;

    private Map<String, Revision> ask() throws Busy {
        questions.incrementAndGet();
        if (busy) {
            throw new Busy(TWO_MINUTES);
        }
        return Map.of(topic, rev(1));
    }

    private RevisionProbe probe(double jitter) {
        return new RevisionProbe(topics -> ask(), INTERVAL, scheduler, executor, error -> {}, () -> jitter);
    }

    @Test
    void theProbeComesAgainWhenTheSourceSaidAndNotAtOnceWithAllOthers() {
        start(builder().probe(probe(0.5)));
        advance(INTERVAL);
        assertThat(questions).hasValue(1);

        advance(TWO_MINUTES.minusMillis(1));
        assertThat(questions).hasValue(1);
        busy = false;
        // half of a fifth of the interval
        advance(Duration.ofMillis(3_001));

        assertThat(questions).hasValue(2);
        advance(INTERVAL);
        assertThat(questions).hasValue(3);
    }

    @Test
    void whoAsksExplicitlyDoesNotWait() {
        RevisionProbe probe = probe(0.5);
        start(builder().probe(probe));
        advance(INTERVAL);

        probe.probeNow();

        settle();
        assertThat(questions).hasValue(2);
    }

    @Test
    void aJitterThatThrowsIsTheLongestInterval() {
        RevisionProbe probe = new RevisionProbe(topics -> ask(), INTERVAL, scheduler, executor, error -> {}, () -> {
            throw new IllegalStateException("no dice");
        });
        start(builder().probe(probe));

        advance(Duration.ofMillis(35_999));
        assertThat(questions).hasValue(0);
        advance(Duration.ofMillis(1));

        assertThat(questions).hasValue(1);
    }

    @Test
    void theRetryWrapperLeavesAWaitThatOutlastsTheFetchToTheCatchUp() {
        Backoff catchUp = Backoff.CATCH_UP.withJitter(() -> 1);
        RevisionSync<String> sync = start(RevisionSync.forTopic(topic)
                .subscriber(hand)
                .provider(provider.withRetry(RetryPolicy.DEFAULT, SyncListener.NONE))
                .applier(applier)
                .executor(executor)
                .scheduler(scheduler)
                .fetchTimeout(Duration.ofSeconds(30))
                .catchUp(catchUp));
        provider.fail(new Busy(Duration.ofSeconds(30)));
        int before = provider.calls();

        deliver(2);

        settle();
        assertThat(provider.calls()).isEqualTo(before + 1);
        assertThat(sync.status().nextAttempt()).isEqualTo(Duration.ofSeconds(30));
    }

    private static final class Busy extends IOException implements RetryAfter {

        private static final long serialVersionUID = 1L;

        private final transient Duration wait;

        Busy(Duration wait) {
            super("come again in " + wait);
            this.wait = wait;
        }

        @Override
        public Duration retryAfter() {
            return wait;
        }
    }
}
