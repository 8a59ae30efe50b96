package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.statesync.policy.Backoff;
import io.statesync.policy.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The delays of a retry, and what no policy may be. */
class RetryPolicyTest {

    @Test
    @DisplayName("RT-12: no attempts and negative delays are refused when built")
    void senselessPoliciesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.DEFAULT.withMaxAttempts(0))
                .withMessageContaining("maxAttempts")
                .withMessageContaining("0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.of(Duration.ofMillis(-1), Duration.ofSeconds(1)))
                .withMessageContaining("must not be negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.of(Duration.ZERO, Duration.ofMillis(-1)))
                .withMessageContaining("must not be negative");
    }

    @Test
    @DisplayName("RT-13: ten thousand jittered delays lie between zero and their attempt's cap, spread over it")
    void jitterSpreadsOverTheCap() {
        RetryPolicy policy = RetryPolicy.DEFAULT.withMaxAttempts(10);
        IOException error = new IOException("away");
        for (int attempt : new int[] {1, 3, 9}) {
            double cap = policy.backoff().cap(attempt).toNanos();
            double[] shares = DoubleStream.generate(() -> nanos(policy.delayAfter(attempt, error)) / cap)
                    .limit(10_000)
                    .sorted()
                    .toArray();
            assertThat(shares[0]).isBetween(0.0, 0.01);
            assertThat(shares[9_999]).isBetween(0.99, 1.0);
            // each tenth of the cap gets its tenth of the delays, give or take a third
            for (int tenth = 0; tenth < 10; tenth++) {
                double low = tenth / 10.0;
                long inside = DoubleStream.of(shares)
                        .filter(share -> share >= low && share < low + 0.1)
                        .count();
                assertThat(inside).isBetween(667L, 1333L);
            }
        }
        assertThat(policy.backoff().cap(1)).isEqualTo(Duration.ofMillis(100));
        assertThat(policy.backoff().cap(3)).isEqualTo(Duration.ofMillis(400));
        assertThat(policy.backoff().cap(9)).isEqualTo(Duration.ofSeconds(2));
    }

    private static double nanos(@Nullable Duration delay) {
        assertThat(delay).isNotNull();
        return delay.toNanos();
    }
}
