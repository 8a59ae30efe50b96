package io.statesync.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.test.ManualScheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Waiting for what may never come. */
class BoundedWaitTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ManualScheduler time = new ManualScheduler();
    private final CompletableFuture<String> result = new CompletableFuture<>();

    @Test
    void aResultThatNeverComesRemembersNobodyWhoWaitedForIt() {
        BoundedWait impatient = new BoundedWait(time, PATIENCE, event -> {
            time.advance(PATIENCE);
            event.get();
        });

        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> impatient.await(result)).isInstanceOf(TimeoutException.class);
        }

        assertThat(result.getNumberOfDependents()).isZero();
    }

    @Test
    void whoIsInterruptedIsNotRememberedEither() {
        BoundedWait interrupted = new BoundedWait(time, PATIENCE, event -> {
            throw new InterruptedException();
        });

        assertThatThrownBy(() -> interrupted.await(result)).isInstanceOf(InterruptedException.class);

        assertThat(result.getNumberOfDependents()).isZero();
    }

    @Test
    void aResultThatComesAtTheLastMomentCounts() throws Exception {
        BoundedWait slow = new BoundedWait(time, PATIENCE, event -> {
            time.advance(PATIENCE);
            result.complete("just in time");
        });

        assertThat(slow.await(result)).isEqualTo("just in time");
    }

    @Test
    void aFailureIsTheOneOfTheResultEvenIfThatIsATimeOut() {
        TimeoutException own = new TimeoutException("of the source");
        result.completeExceptionally(own);

        assertThatThrownBy(() -> new BoundedWait(time, PATIENCE).await(result))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(own);
    }
}
