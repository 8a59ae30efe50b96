package io.statesync.spring;

import io.statesync.RevisionSyncBuilder;

/**
 * Sets what no property sets, such as an executor. A bean of this type is asked for every topic of which this application
 * keeps a copy; one with {@link SyncedTopic}, on its class or its {@code @Bean} method, for that topic alone.
 */
@FunctionalInterface
public interface RevisionSyncCustomizer {

    /**
     * Called once per topic, in the order of the beans, after everything else is set: what it sets takes the place of what
     * properties and beans say. Called by the thread that builds the sync; what it throws fails that.
     */
    void customize(String topic, RevisionSyncBuilder<?> builder);
}
