package io.statesync.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.statesync.policy.Throttler;
import io.statesync.policy.Throttling;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** CONTRACTS 4, TH-01 to TH-21. Times are milliseconds since the clock's origin. */
class ThrottlerTest {

    private static final long HALF_A_SECOND_BEFORE_OVERFLOW = Long.MAX_VALUE - 500_000_000L;

    private final ManualScheduler clock = new ManualScheduler();
    private final List<Long> runs = new ArrayList<>();

    private Throttler throttler(Throttling throttling) {
        return new Throttler(throttling, clock, () -> runs.add(millis()));
    }

    private long millis() {
        return Duration.ofNanos(clock.now()).toMillis();
    }

    private void pass(long millis) {
        clock.advance(ms(millis));
    }

    private void trigger(Throttler throttler, int times, long pause) {
        for (int i = 0; i < times; i++) {
            throttler.trigger();
            pass(pause);
        }
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    @DisplayName("TH-01: without options two triggers are two immediate runs")
    void withoutOptionsEachTriggerRuns() {
        Throttler throttler = throttler(Throttling.NONE);
        throttler.trigger();
        throttler.trigger();
        assertThat(runs).containsExactly(0L, 0L);
    }

    @Test
    @DisplayName("TH-02: without options nothing is pending after a trigger")
    void withoutOptionsNothingIsPending() {
        Throttler throttler = throttler(Throttling.NONE);
        throttler.trigger();
        assertThat(throttler.pending()).isFalse();
        assertThat(clock.pendingTimers()).isZero();
    }

    @Test
    @DisplayName("TH-03: without options disposing is harmless")
    void disposingAnIdleThrottlerIsHarmless() {
        assertThatCode(throttler(Throttling.NONE)::close).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("TH-04: a debounce of 100 runs 100 after the last of two triggers, pending until then")
    void aDebounceWaitsForSilence() {
        Throttler throttler = throttler(Throttling.debounce(ms(100)));
        throttler.trigger();
        pass(50);
        throttler.trigger();
        pass(99);
        assertThat(runs).isEmpty();
        assertThat(throttler.pending()).isTrue();
        pass(1);
        assertThat(runs).containsExactly(150L);
        assertThat(throttler.pending()).isFalse();
    }

    @Test
    @DisplayName("TH-05: a debounce of 100 makes ten triggers 10 apart one run after the silence")
    void aDebounceMakesABurstOneRun() {
        trigger(throttler(Throttling.debounce(ms(100))), 10, 10);
        pass(1000);
        assertThat(runs).containsExactly(190L);
    }

    @Test
    @DisplayName("TH-06: disposed while a debounce is pending, it is not pending any more and never runs")
    void disposingEndsAPendingDebounce() {
        Throttler throttler = throttler(Throttling.debounce(ms(100)));
        throttler.trigger();
        throttler.close();
        assertThat(throttler.pending()).isFalse();
        pass(1000);
        assertThat(runs).isEmpty();
    }

    @Test
    @DisplayName("TH-07: a throttle with both edges runs the first trigger at once")
    void aThrottleRunsAtOnce() {
        throttler(Throttling.throttle(ms(100)).withEdges(true, true)).trigger();
        assertThat(runs).containsExactly(0L);
    }

    @Test
    @DisplayName("TH-08: a throttle of 100 without its leading edge is pending and runs at 100")
    void aThrottleWithoutLeadingEdgeRunsAtTheEnd() {
        Throttler throttler = throttler(Throttling.throttle(ms(100)).withEdges(false, true));
        throttler.trigger();
        assertThat(runs).isEmpty();
        assertThat(throttler.pending()).isTrue();
        pass(1000);
        assertThat(runs).containsExactly(100L);
    }

    @Test
    @DisplayName("TH-09: three more triggers inside the window are still one run")
    void furtherTriggersInsideTheWindowWait() {
        Throttler throttler = throttler(Throttling.throttle(ms(100)));
        trigger(throttler, 4, 20);
        assertThat(runs).containsExactly(0L);
    }

    @Test
    @DisplayName("TH-10: a second trigger inside the window runs when the window ends")
    void theTrailingEdgeRunsTheSecondTrigger() {
        Throttler throttler = throttler(Throttling.throttle(ms(100)));
        throttler.trigger();
        pass(30);
        throttler.trigger();
        pass(100);
        assertThat(runs).containsExactly(0L, 100L);
    }

    @Test
    @DisplayName("TH-11: a throttle without its trailing edge is refused, it would lose the last demand")
    void aThrottleWithoutTrailingEdgeIsRefused() {
        Throttling throttling = Throttling.throttle(ms(100));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> throttling.withEdges(true, false))
                .withMessageContaining("lose the last demand");
    }

    @Test
    @DisplayName("TH-13: disposed while the trailing edge is pending, there is no second run")
    void disposingEndsAPendingTrailingEdge() {
        Throttler throttler = throttler(Throttling.throttle(ms(100)));
        trigger(throttler, 2, 10);
        throttler.close();
        pass(1000);
        assertThat(runs).containsExactly(0L);
    }

    @Test
    @DisplayName("TH-14: debounce 50 and throttle 200 run the first trigger at once and the next three once")
    void debounceAndThrottleTogether() {
        Throttler throttler = throttler(Throttling.debounce(ms(50)).withThrottle(ms(200)));
        throttler.trigger();
        assertThat(runs).containsExactly(0L);
        pass(30);
        trigger(throttler, 3, 30);
        pass(1000);
        assertThat(runs).containsExactly(0L, 200L);
    }

    @Test
    @DisplayName("TH-15: empty options run a trigger at once")
    void emptyOptionsRunAtOnce() {
        throttler(new Throttling(Duration.ZERO, Duration.ZERO, Duration.ZERO, true))
                .trigger();
        assertThat(runs).containsExactly(0L);
    }

    @Test
    @DisplayName("TH-16: a debounce of 0 runs a trigger at once")
    void aDebounceOfZeroRunsAtOnce() {
        throttler(Throttling.debounce(Duration.ZERO)).trigger();
        assertThat(runs).containsExactly(0L);
    }

    @Test
    @DisplayName("TH-17: a throttle of 0 runs a trigger at once")
    void aThrottleOfZeroRunsAtOnce() {
        throttler(Throttling.throttle(Duration.ZERO)).trigger();
        assertThat(runs).containsExactly(0L);
    }

    @Test
    @DisplayName("TH-18: disposing three times while a debounce is pending is harmless")
    void disposingThriceIsHarmless() {
        Throttler throttler = throttler(Throttling.debounce(ms(100)));
        throttler.trigger();
        assertThatCode(() -> {
                    throttler.close();
                    throttler.close();
                    throttler.close();
                })
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("TH-19: with maxWait 500 a trigger every 50 cannot starve a debounce of 100")
    void maxWaitEndsStarvation() {
        trigger(throttler(Throttling.debounce(ms(100)).withMaxWait(ms(500))), 100, 50);
        assertThat(runs).hasSizeGreaterThanOrEqualTo(9);
        long previous = 0;
        for (long run : runs) {
            // after a run the next demand comes with the next trigger, up to 50 later
            assertThat(run - previous).isBetween(1L, 550L);
            previous = run;
        }
        assertThat(runs.get(0)).isEqualTo(500);
    }

    @Test
    @DisplayName("TH-20: the wall clock is not read, and an overflow of the monotonic one has no effect")
    void theWallClockHasNoEffect() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(InstantSource.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(new ClassFileImporter().importPackages("io.statesync.policy"));

        ManualScheduler overflowing = new ManualScheduler(HALF_A_SECOND_BEFORE_OVERFLOW);
        List<Long> times = new ArrayList<>();
        Throttling both = Throttling.debounce(ms(300)).withThrottle(ms(1000));
        Throttler throttler =
                new Throttler(both, overflowing, () -> times.add(overflowing.now() - HALF_A_SECOND_BEFORE_OVERFLOW));
        throttler.trigger();
        overflowing.advance(ms(400));
        throttler.trigger();
        overflowing.advance(ms(5000));
        assertThat(times).containsExactly(0L, 1_000_000_000L);
    }

    @Test
    @DisplayName("TH-21: a trigger after disposing does nothing, ever")
    void aTriggerAfterDisposingDoesNothing() {
        for (Throttling throttling :
                List.of(Throttling.NONE, Throttling.debounce(ms(100)), Throttling.throttle(ms(100)))) {
            Throttler throttler = throttler(throttling);
            throttler.close();
            throttler.trigger();
            assertThat(throttler.pending()).isFalse();
        }
        pass(10_000);
        assertThat(runs).isEmpty();
        assertThat(clock.pendingTimers()).isZero();
    }
}
