package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.mutation.store.TransactionState;
import io.statesync.policy.NonRetriableException;
import io.statesync.policy.RetryAfter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** MUTATIONS 1.7: persist and retry; durability before persist is in {@link StorageTest}. */
class PersistTest {

    private static final Todo A = Todo.of("a", "A");

    private final World world = World.with(A, Todo.of("b", "B"));

    @Test
    @DisplayName("MU-R2: whatever is thrown, returned or late is tried again")
    void everyFailureIsRetried() {
        world.backend.thrown = new IOException("checked");
        TransactionHandle handle = world.edit("a", "A2");
        world.advance(Duration.ofSeconds(1));
        world.fail(handle, new IllegalStateException("stage"));
        world.advance(Duration.ofSeconds(2));
        world.backend.last().answer().complete(null);
        world.run();
        world.advance(Duration.ofSeconds(4));

        assertThat(world.backend.calls).hasSize(4);
        assertThat(handle.snapshot().attempts())
                .extracting(Attempt::error)
                .extracting(error -> error == null ? "" : error.getMessage())
                .satisfies(messages -> assertThat(messages.get(0)).isEqualTo("checked"))
                .satisfies(messages -> assertThat(messages.get(1)).isEqualTo("stage"))
                .satisfies(messages -> assertThat(messages.get(2)).contains("returned null"));
    }

    @Test
    @DisplayName("MU-R3, MC-10, MC-19: what is not retriable fails at once, also as a cause")
    void notRetriable() {
        TransactionHandle handle = world.edit("a", "A2");
        NonRetriableException refused = new NonRetriableException("refused");
        world.fail(handle, new CompletionException(refused));

        assertThat(World.state(handle)).isEqualTo(TransactionState.FAILED);
        assertThat(handle.snapshot().attempts()).hasSize(1);
        assertThat(handle.snapshot().attempts().get(0).retryScheduledFor()).isNull();
        assertThat(handle.snapshot().error().message()).isEqualTo("refused");
        assertThat(handle.snapshot().error().error()).isSameAs(refused);
        assertThatThrownBy(() -> handle.completed().toCompletableFuture().get()).hasCause(refused);
        assertThatThrownBy(() -> handle.persisted().toCompletableFuture().get()).hasCause(refused);
        assertThat(world.text("a")).isEqualTo("A");
    }

    @Test
    @DisplayName("MC-10, MU-R12: a throwable that is no exception, and has no message, is an error like others")
    void throwablesWithoutAMessage() {
        TransactionHandle handle = world.edit("a", "A2");
        OutOfMemoryError error = new OutOfMemoryError();
        world.fail(handle, error);

        assertThat(World.state(handle)).isEqualTo(TransactionState.FAILED);
        assertThat(handle.snapshot().error().message()).isEqualTo("java.lang.OutOfMemoryError");
        assertThat(handle.snapshot().error().error()).isSameAs(error);
        assertThat(handle.snapshot().attempts()).hasSize(1);
        assertThatThrownBy(() -> handle.completed().toCompletableFuture().get()).hasCause(error);
        assertThatThrownBy(() -> handle.persisted().toCompletableFuture().get()).hasCause(error);
        TransactionHandle other = world.edit("b", "B2");
        world.fail(other, new AssertionError());
        assertThat(World.state(other))
                .as("one that is not of the VM is tried again")
                .isEqualTo(TransactionState.PERSISTING);
    }

    @Test
    @DisplayName("MU-R4: five attempts, then it fails with the last error, the others suppressed")
    void exhausted() {
        TransactionHandle handle = world.edit("a", "A2");
        for (int attempt = 1; attempt <= 5; attempt++) {
            assertThat(world.backend.calls).hasSize(attempt);
            world.fail(handle, new IllegalStateException("no " + attempt));
            world.advance(Duration.ofSeconds(8));
        }

        assertThat(World.state(handle)).isEqualTo(TransactionState.FAILED);
        assertThat(world.backend.calls).hasSize(5);
        assertThat(handle.snapshot().error().message()).isEqualTo("no 5");
        assertThat(handle.snapshot().error().error())
                .isInstanceOf(AttemptsExhaustedException.class)
                .hasRootCauseMessage("no 5")
                .satisfies(error -> assertThat(error.getSuppressed()).hasSize(4));
    }

    @Test
    @DisplayName("MU-R5, MU-R6: each call is an attempt, numbered from 1, with its dates")
    void attempts() {
        TransactionHandle handle = world.todos.update("a", row -> row.withText("A2"));
        assertThat(handle.snapshot().currentAttempt()).isZero();
        world.run();
        assertThat(handle.snapshot().currentAttempt()).isEqualTo(1);
        assertThat(handle.snapshot().attempts().get(0).completedAt()).isNull();

        world.fail(handle, new IllegalStateException("no"));
        Attempt first = handle.snapshot().attempts().get(0);
        assertThat(first.startedAt()).isEqualTo(HandTime.BEGIN);
        assertThat(first.completedAt()).isEqualTo(HandTime.BEGIN);
        assertThat(first.error()).hasMessage("no");
        assertThat(first.retryScheduledFor()).isEqualTo(HandTime.BEGIN.plusSeconds(1));
        assertThat(handle.snapshot().currentAttempt()).isEqualTo(1);

        world.advance(Duration.ofSeconds(1));
        world.ok(handle);
        assertThat(handle.snapshot().currentAttempt()).isEqualTo(2);
        Attempt second = handle.snapshot().attempts().get(1);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.startedAt()).isEqualTo(HandTime.BEGIN.plusSeconds(1));
        assertThat(second.completedAt()).isNotNull();
        assertThat(second.error()).isNull();
        assertThat(second.retryScheduledFor()).isNull();
    }

    @Test
    @DisplayName("MU-R7, MC-04: delays are 1, 2, 4 and 8 s, up to 30 % longer, and at most 30 s")
    void delays() {
        MutationRetry shortest = MutationRetry.DEFAULT.withJitter(0.3, () -> 0);
        MutationRetry longest = MutationRetry.DEFAULT.withJitter(0.3, () -> 1);
        for (int retry = 1; retry <= 4; retry++) {
            long seconds = 1L << (retry - 1);
            assertThat(shortest.delay(retry)).isEqualTo(Duration.ofSeconds(seconds));
            assertThat(longest.delay(retry)).isEqualTo(Duration.ofMillis(1300 * seconds));
            for (int draw = 0; draw < 100; draw++) {
                assertThat(MutationRetry.DEFAULT.delay(retry))
                        .isBetween(Duration.ofSeconds(seconds), Duration.ofMillis(1300 * seconds));
                // the longest of one retry is well below the shortest of the next
                assertThat((double) MutationRetry.DEFAULT.delay(retry + 1).toNanos())
                        .isGreaterThan(1.4 * MutationRetry.DEFAULT.delay(retry).toNanos());
            }
        }
        assertThat(shortest.delay(10)).isEqualTo(Duration.ofSeconds(30));

        TransactionHandle handle = world.edit("a", "A2");
        List<Instant> begun = new ArrayList<>();
        for (int retry = 0; retry < 4; retry++) {
            world.fail(handle, new IllegalStateException("no"));
            world.advance(Duration.ofSeconds(1L << retry));
            begun.add(world.backend
                    .last()
                    .context()
                    .transaction()
                    .attempts()
                    .get(retry + 1)
                    .startedAt());
        }
        assertThat(begun)
                .containsExactly(
                        HandTime.BEGIN.plusSeconds(1),
                        HandTime.BEGIN.plusSeconds(3),
                        HandTime.BEGIN.plusSeconds(7),
                        HandTime.BEGIN.plusSeconds(15));
    }

    @Test
    @DisplayName("MU-R7: senseless retries are refused")
    void senselessRetries() {
        assertThatThrownBy(() -> MutationRetry.DEFAULT.withMaxAttempts(0)).hasMessageContaining("at least 1, got 0");
        assertThatThrownBy(() -> MutationRetry.DEFAULT.withJitter(-1, () -> 0)).hasMessageContaining("jitter");
        assertThatThrownBy(() -> MutationRetry.DEFAULT.withDelays(Duration.ofSeconds(1), 0.5, Duration.ofSeconds(2)))
                .hasMessageContaining("multiplier");
    }

    @Test
    @DisplayName("MU-R7: the classifier says what is worth it, how long to wait, and what to record")
    void classifier() {
        IllegalStateException told = new IllegalStateException("told otherwise");
        World strict = World.with(
                settings -> {},
                config -> config.withRetry(
                        World.NO_JITTER.withClassifier((error, transaction) -> error instanceof IOException
                                ? Verdict.FAIL.withError(told)
                                : Verdict.retryAfter(Duration.ofSeconds(5)))),
                A);
        TransactionHandle handle = strict.edit("a", "A2");
        strict.fail(handle, new IllegalArgumentException("wait"));
        strict.advance(Duration.ofSeconds(4));
        assertThat(strict.backend.calls).hasSize(1);
        strict.advance(Duration.ofSeconds(1));
        assertThat(strict.backend.calls).hasSize(2);
        strict.fail(handle, new IOException("over"));
        assertThat(handle.snapshot().error().error()).isSameAs(told);
    }

    @Test
    @DisplayName("MU-R7: an error that says when to come again is obeyed, and a classifier that throws is not")
    void retryAfterAndBrokenClassifier() {
        class Busy extends RuntimeException implements RetryAfter {
            @Override
            public Duration retryAfter() {
                return Duration.ofSeconds(20);
            }
        }
        World broken = World.with(
                settings -> settings.retry(World.NO_JITTER.withClassifier((error, transaction) -> {
                    throw new IllegalStateException("classifier");
                })),
                config -> config,
                A);
        TransactionHandle handle = broken.edit("a", "A2");
        broken.fail(handle, new Busy());
        broken.advance(Duration.ofSeconds(19));
        assertThat(broken.backend.calls).hasSize(1);
        broken.advance(Duration.ofSeconds(1));
        assertThat(broken.backend.calls).hasSize(2);
    }

    @Test
    @DisplayName("MU-R7: a backend that asks to be left alone for days is asked again after an hour")
    void retryAfterIsBounded() {
        class Away extends RuntimeException implements RetryAfter {
            @Override
            public Duration retryAfter() {
                return Duration.ofDays(3);
            }
        }
        TransactionHandle handle = world.edit("a", "A2");
        world.fail(handle, new Away());
        world.advance(Duration.ofHours(1).minusSeconds(1));
        assertThat(world.backend.calls).hasSize(1);
        world.advance(Duration.ofSeconds(1));
        assertThat(world.backend.calls).hasSize(2);
    }

    @Test
    @DisplayName("MU-R8: between two attempts it stays PERSISTING, locked and claimed")
    void backoffKeepsLocks() {
        TransactionHandle first = world.edit("a", "A2");
        world.fail(first, new IllegalStateException("no"));
        TransactionHandle second = world.edit("a", "A3");
        world.source.upsert(A.withText("theirs"));

        assertThat(World.state(first)).isEqualTo(TransactionState.PERSISTING);
        assertThat(world.todos.rowStatus("a").locked()).isTrue();
        assertThat(world.todos.rowStatus("a").held()).isTrue();
        assertThat(World.state(second)).isEqualTo(TransactionState.QUEUED);
    }
}
