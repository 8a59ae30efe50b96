package io.statesync.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where persisted snapshots are kept.
 *
 * @param closeTimeout How long a stop waits for what is not saved yet.
 * @param hmacKey Key of at least 16 characters for records with "integrity: hmac".
 * @param file Records in files.
 */
record PersistenceProperties(
        @DefaultValue("5s") Duration closeTimeout,
        @Nullable String hmacKey,
        @DefaultValue File file) {

    /**
     * Records in files.
     *
     * @param directory Directory of the records, which is created if it is missing.
     * @param siblings Whether processes that share the directory take records from each other.
     * @param siblingInterval How often the directory is looked at for records of other processes.
     */
    record File(
            @Nullable String directory,
            @DefaultValue("true") boolean siblings,
            @DefaultValue("1s") Duration siblingInterval) {}
}
