package io.statesync.autoconfigure;

import io.statesync.mutation.AwaitSyncFailure;
import io.statesync.mutation.ErrorClassifier;
import io.statesync.mutation.MutationRetry;
import io.statesync.mutation.SyncedCollections;
import io.statesync.mutation.SyncedCollectionsBuilder;
import io.statesync.spring.SetupException;
import org.jspecify.annotations.Nullable;

/** Makes the engine's settings of the properties: each refusal names the property. */
final class MutationEngines {

    private static final String PREFIX = "statesync.mutations.";

    private MutationEngines() {}

    static SyncedCollectionsBuilder builder(MutationProperties properties, @Nullable ErrorClassifier classifier) {
        MutationRetry retry = retry(properties.retry());
        return SyncedCollections.builder()
                .retry(classifier == null ? retry : retry.withClassifier(classifier))
                .attemptTimeout(Checks.notNegative(PREFIX + "attempt-timeout", properties.attemptTimeout()))
                .awaitSyncTimeout(Checks.positive(PREFIX + "await-sync-timeout", properties.awaitSyncTimeout()))
                .awaitSyncFailure(
                        AwaitSyncFailure.valueOf(properties.awaitSyncFailure().name()))
                .maxConcurrentPersists(
                        Checks.atLeast(1, PREFIX + "max-concurrent-persists", properties.maxConcurrentPersists()))
                .historyCached(Checks.atLeast(
                        1, PREFIX + "history.cached", properties.history().cached()))
                .maxInterruptions(Checks.atLeast(
                        1,
                        PREFIX + "recovery.max-interruptions",
                        properties.recovery().maxInterruptions()))
                .drainTimeout(Checks.notNegative(
                        PREFIX + "shutdown.drain-timeout", properties.shutdown().drainTimeout()));
    }

    private static MutationRetry retry(MutationProperties.Retry retry) {
        String prefix = PREFIX + "retry.";
        Checks.notNegative(prefix + "initial", retry.initial());
        Checks.notNegative(prefix + "max", retry.max());
        if (!(retry.multiplier() >= 1)) {
            throw new SetupException(prefix + "multiplier is " + retry.multiplier() + ".", "Set it to 1 or more.");
        }
        if (!(retry.jitter() >= 0)) {
            throw new SetupException(prefix + "jitter is " + retry.jitter() + ".", "Set it to 0 or more.");
        }
        return MutationRetry.DEFAULT
                .withMaxAttempts(Checks.atLeast(1, prefix + "max-attempts", retry.maxAttempts()))
                .withDelays(retry.initial(), retry.multiplier(), retry.max())
                .withJitter(retry.jitter(), MutationRetry.DEFAULT.random());
    }
}
