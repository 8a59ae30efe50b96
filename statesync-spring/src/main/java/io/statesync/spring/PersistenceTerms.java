package io.statesync.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all persisted topics.
 *
 * @param hmacKey the key of records with {@link IntegrityCheck#HMAC}; null if there is none
 * @param closeTimeout how long a stop waits for what is not saved yet
 */
public record PersistenceTerms(@Nullable String hmacKey, Duration closeTimeout) {}
