package io.statesync.autoconfigure;

import io.statesync.policy.Throttling;
import io.statesync.spring.PersistenceSettings;
import io.statesync.spring.PersistenceTerms;
import io.statesync.spring.SetupException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads how topics are persisted, each with what the defaults say where it says nothing itself. */
record PersistenceReader(DefaultPersistence defaults) {

    private static final int SHORTEST_KEY = 16;

    /** What a topic says that says nothing. */
    static final StateSyncProperties.TopicPersistence NOTHING =
            new StateSyncProperties.TopicPersistence(null, null, null, null, null, null, null, null, null);

    /** What holds for all. */
    static PersistenceTerms terms(PersistenceProperties properties) {
        String key = properties.hmacKey();
        if (key != null && key.length() < SHORTEST_KEY) {
            throw new SetupException(
                    "statesync.persistence.hmac-key has " + key.length() + " characters.",
                    "Set it to a secret of " + SHORTEST_KEY + " characters or more.");
        }
        return new PersistenceTerms(
                key, Checks.positive("statesync.persistence.close-timeout", properties.closeTimeout()));
    }

    /** Null if its snapshots are not kept. */
    @Nullable
    PersistenceSettings of(String topicPrefix, StateSyncProperties.TopicPersistence own) {
        String prefix = topicPrefix + ".persistence";
        PersistenceSettings read = new PersistenceSettings(
                prefix,
                own.storage() != null,
                named(prefix + ".storage", or(own.storage(), defaults.storage())),
                throttling(prefix, own),
                named(prefix + ".compression", or(own.compression(), defaults.compression())),
                or(own.integrity(), defaults.integrity()),
                schemaVersion(prefix, own.schemaVersion() == null ? defaults.schemaVersion() : own.schemaVersion()),
                ttl(prefix, own.ttl() == null ? defaults.ttl() : own.ttl()),
                or(own.ignoreTtl(), defaults.ignoreTtl()));
        return read.storage().equals(PersistenceSettings.NONE) ? null : read;
    }

    private static String named(String property, String value) {
        if (value.isBlank()) {
            throw new SetupException(property + " is empty.", "Write \"none\", or remove the property.");
        }
        return value;
    }

    private static @Nullable Integer schemaVersion(String prefix, @Nullable Integer version) {
        return version == null ? null : Checks.atLeast(1, prefix + ".schema-version", version);
    }

    private static @Nullable Duration ttl(String prefix, @Nullable Duration ttl) {
        return ttl == null ? null : Checks.positive(prefix + ".ttl", ttl);
    }

    /* A topic with a debounce of its own leaves alone what the defaults say of the longest wait. */
    private Throttling throttling(String prefix, StateSyncProperties.TopicPersistence own) {
        Duration debounce = Checks.notNegative(prefix + ".debounce", or(own.debounce(), defaults.debounce()));
        Duration throttle = Checks.notNegative(prefix + ".throttle", or(own.throttle(), defaults.throttle()));
        Duration maxWait = own.maxWait() == null && own.debounce() == null ? defaults.maxWait() : own.maxWait();
        return Checks.valid(
                prefix + ": ",
                "Set " + prefix + ".debounce and .max-wait, which is not the shorter one, or neither.",
                () -> {
                    Throttling waits = Throttling.debounce(debounce).withThrottle(throttle);
                    return maxWait == null ? waits : waits.withMaxWait(maxWait);
                });
    }

    private static <T> T or(@Nullable T own, T otherwise) {
        return own == null ? otherwise : own;
    }
}
