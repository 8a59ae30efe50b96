package io.statesync.autoconfigure.actuate;

import io.statesync.SyncErrorContext;
import io.statesync.SyncStatus;
import io.statesync.spring.Replica;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * A topic as a component of the application's health: up while there is data to read, however old; what it is worth is in
 * the details. Out of service before the first snapshot.
 *
 * @param replica the topic's copy here
 */
record ReplicaHealth(Replica replica) implements HealthIndicator {

    @Override
    public Health health() {
        SyncStatus status = replica.sync().status();
        Health.Builder health = status.hasData() ? Health.up() : Health.outOfService();
        health.withDetail("state", status.state())
                .withDetail("revision", status.localRevision().toString())
                .withDetail("behind", status.behind())
                .withDetail("connected", status.connected())
                .withDetail("source", replica.source().source());
        add(health, "age", shown(status.age()));
        add(health, "nextAttempt", shown(status.nextAttempt()));
        add(health, "error", error(status.lastError()));
        return health.build();
    }

    private static void add(Health.Builder health, String key, @Nullable String value) {
        if (value != null) {
            health.withDetail(key, value);
        }
    }

    private static @Nullable String shown(@Nullable Duration duration) {
        return duration == null ? null : duration.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private @Nullable String error(@Nullable SyncErrorContext error) {
        if (error == null) {
            return replica.source().problem();
        }
        return error.phase().tag() + ": " + error.error().getClass().getSimpleName() + ": "
                + error.error().getMessage();
    }
}
