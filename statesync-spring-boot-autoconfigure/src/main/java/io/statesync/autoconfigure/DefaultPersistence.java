package io.statesync.autoconfigure;

import io.statesync.spring.IntegrityCheck;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the snapshots of each topic that does not say otherwise outlive the application.
 *
 * @param storage Where snapshots are kept: "none", "file", "memory", "jdbc", "redis", or the name of a SnapshotStorageDriver
 *     bean.
 * @param debounce How long no further snapshot may be applied before one is saved; 0 for no wait.
 * @param maxWait Longest time that a debounce holds back a save; by default ten times the debounce.
 * @param throttle Time in which applied snapshots lead to one save at once and one at its end; 0 for no limit.
 * @param compression How records are compressed: "none", "gzip", or the name of a Compression bean.
 * @param integrity What tells that a record is whole.
 * @param schemaVersion Version of the data's shape; by default that of a topic's migrations, or 1.
 * @param ttl How long a record may be restored after it was saved; by default for ever.
 * @param ignoreTtl Whether a record that is too old is restored all the same.
 */
record DefaultPersistence(
        @DefaultValue("none") String storage,
        @DefaultValue("0s") Duration debounce,
        @Nullable Duration maxWait,
        @DefaultValue("1s") Duration throttle,
        @DefaultValue("none") String compression,
        @DefaultValue("crc32c") IntegrityCheck integrity,
        @Nullable Integer schemaVersion,
        @Nullable Duration ttl,
        @DefaultValue("false") boolean ignoreTtl) {}
