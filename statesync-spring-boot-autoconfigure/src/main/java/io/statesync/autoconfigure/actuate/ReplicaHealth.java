package io.statesync.autoconfigure.actuate;

import io.statesync.SyncErrorContext;
import io.statesync.SyncState;
import io.statesync.SyncStatus;
import io.statesync.spring.PersistedTopic;
import io.statesync.spring.Replica;
import io.statesync.spring.SyncLifecycle;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * A topic as a component of the application's health: how bad it is by {@link Severity}, what it is worth in the details.
 *
 * @param replica the topic's copy here
 * @param lifecycle knows whether it is paused
 * @param maxStaleness beyond which age its reads are refused; null if they never are
 */
record ReplicaHealth(
        Replica replica, SyncLifecycle lifecycle, @Nullable Duration maxStaleness) implements HealthIndicator {

    @Override
    public Health health() {
        SyncStatus status = replica.sync().status();
        Instant paused = lifecycle.pausedSince(replica.topic());
        boolean idle = paused != null && status.state() == SyncState.STOPPED;
        Health.Builder health = Health.status(severity(status, idle));
        health.withDetail("state", Shown.state(status, paused != null))
                .withDetail("revision", status.localRevision().toString())
                .withDetail("behind", status.behind())
                .withDetail("connected", status.connected())
                .withDetail("regressions", status.regressions())
                .withDetail("source", replica.source().source());
        add(health, "pausedSince", paused == null ? null : Shown.time(paused));
        add(health, "age", status.age() == null ? null : Shown.duration(status.age()));
        restored(health, status);
        add(health, "maxStaleness", maxStaleness == null ? null : Shown.duration(maxStaleness));
        add(health, "nextAttempt", nextAttempt(status));
        add(health, "error", error(status.lastError()));
        return health.build();
    }

    /* What was never found current has no age, and yet its time may be over. */
    private Status severity(SyncStatus status, boolean idle) {
        Status severity = Severity.of(status, idle, replica.settings().startup(), maxStaleness);
        PersistedTopic persisted = replica.persisted();
        boolean refused = severity.equals(Status.UP) && persisted != null && !persisted.readable();
        return refused ? Status.OUT_OF_SERVICE : severity;
    }

    private void restored(Health.Builder health, SyncStatus status) {
        Duration sinceSaved = Restored.sinceSaved(replica, status);
        if (sinceSaved != null) {
            health.withDetail("restored", true);
            health.withDetail("sinceSaved", Shown.duration(sinceSaved));
        }
    }

    private @Nullable String nextAttempt(SyncStatus status) {
        Duration next = status.nextAttempt() == null ? lifecycle.untilNextStart(replica.topic()) : status.nextAttempt();
        return next == null ? null : Shown.duration(next);
    }

    private static void add(Health.Builder health, String key, @Nullable String value) {
        if (value != null) {
            health.withDetail(key, value);
        }
    }

    private @Nullable String error(@Nullable SyncErrorContext error) {
        if (error != null) {
            return error.phase().tag() + ": " + Shown.failure(error);
        }
        String problem = replica.source().problem();
        return problem == null ? null : Shown.line(problem);
    }
}
