package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.test.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {

    private final ManualScheduler scheduler = new ManualScheduler();
    private final AtomicInteger sent = new AtomicInteger();
    private final List<Throwable> failures = new ArrayList<>();
    private final Heartbeats beats = new Heartbeats(scheduler, Runnable::run, sent::incrementAndGet, failures::add);

    @Test
    void theSlowerSideSetsThePace() {
        beats.start(Duration.ofSeconds(5), new long[] {0, 10_000});

        scheduler.advance(Duration.ofSeconds(31));

        assertThat(sent).hasValue(3);
        assertThat(failures).isEmpty();
    }

    @Test
    @DisplayName("TC-06: three missed beats are a loss, told once")
    void silenceIsALoss() {
        beats.start(Duration.ofSeconds(5), new long[] {5_000, 0});
        scheduler.advance(Duration.ofSeconds(14));
        beats.heard();
        scheduler.advance(Duration.ofMillis(14_900));
        assertThat(failures).isEmpty();

        scheduler.advance(Duration.ofMinutes(1));

        assertThat(failures).singleElement().isInstanceOf(TimeoutException.class);
        assertThat(sent).hasValue(0);
    }

    @Test
    void aServerWithoutHeartbeatsIsLeftInPeace() {
        beats.start(Duration.ofSeconds(5), new long[] {0, 0});

        scheduler.advance(Duration.ofHours(1));

        assertThat(sent).hasValue(0);
        assertThat(failures).isEmpty();
        assertThat(scheduler.pendingTimers()).isZero();
    }

    @Test
    void afterAStopNothingHappens() {
        beats.start(Duration.ofSeconds(5), new long[] {5_000, 5_000});
        beats.stop();

        scheduler.advance(Duration.ofHours(1));

        assertThat(sent).hasValue(0);
        assertThat(failures).isEmpty();
        assertThat(scheduler.pendingTimers()).isZero();
    }

    @Test
    void aSchedulerThatRefusesIsAFailureNotAnException() {
        scheduler.refuse(true);

        beats.start(Duration.ofSeconds(5), new long[] {5_000, 5_000});

        assertThat(failures).isNotEmpty();
    }
}
