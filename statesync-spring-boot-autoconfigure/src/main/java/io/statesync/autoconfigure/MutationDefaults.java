package io.statesync.autoconfigure;

import io.statesync.mutation.Lane;
import io.statesync.mutation.MutationStrategy;
import io.statesync.mutation.SyncConfig;
import io.statesync.spring.mutation.SyncedCollectionFactory;

/** What the properties say of every collection. */
record MutationDefaults(MutationProperties properties) implements SyncedCollectionFactory.Defaults {

    @Override
    public <K, T> SyncConfig<K, T> apply(SyncConfig<K, T> config) {
        return config.withStrategy(
                        properties.strategy() == MutationProperties.Strategy.PARALLEL
                                ? MutationStrategy.PARALLEL
                                : MutationStrategy.ORDERED)
                .withLane(properties.lane() == MutationProperties.QueueLane.COLLECTION ? Lane.COLLECTION : Lane.OBJECT);
    }
}
