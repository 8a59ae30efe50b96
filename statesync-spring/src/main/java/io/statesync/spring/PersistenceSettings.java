package io.statesync.spring;

import io.statesync.policy.Throttling;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the snapshots of one topic outlive the application.
 *
 * @param property where this is written, for messages: {@code statesync.topics.prices.persistence}
 * @param ownStorage whether the topic itself names the storage, and not only the defaults
 * @param storage the {@link SnapshotStorageDriver} that keeps them
 * @param throttling how often applied snapshots may lead to a save
 * @param compression {@code none}, {@code gzip}, or the name of a bean
 * @param integrity what tells that a record is whole
 * @param schemaVersion the version of the data's shape; null for that of the topic's migrations, or 1
 * @param ttl how long a record may be restored after it was saved; null for ever
 * @param ignoreTtl whether a record that is too old is restored all the same
 */
public record PersistenceSettings(
        String property,
        boolean ownStorage,
        String storage,
        Throttling throttling,
        String compression,
        IntegrityCheck integrity,
        @Nullable Integer schemaVersion,
        @Nullable Duration ttl,
        boolean ignoreTtl) {

    /** The name of a storage that keeps nothing. */
    public static final String NONE = "none";
}
