package io.statesync.autoconfigure.actuate;

import io.statesync.mutation.MutationTransaction;
import io.statesync.mutation.SyncedCollections;
import io.statesync.mutation.store.StoreHealth;
import io.statesync.spring.mutation.TransactionAlarms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down while the storage is not as it should be, a transaction is too old, or some wait for what nobody registered. */
final class TransactionHealth implements HealthIndicator {

    private final SyncedCollections collections;
    private final TransactionAlarms alarms;
    private final InstantSource clock;
    private final Instant since;

    TransactionHealth(SyncedCollections collections, TransactionAlarms alarms, InstantSource clock) {
        this.collections = collections;
        this.alarms = alarms;
        this.clock = clock;
        this.since = clock.instant();
    }

    @Override
    public Health health() {
        List<String> reasons = new ArrayList<>();
        StoreHealth store = collections.storeHealth();
        if (store.problem() != null) {
            reasons.add("storage: " + Shown.line(store.problem()));
        }
        List<MutationTransaction> active = collections.transactions().active();
        Duration oldest = active.isEmpty()
                ? Duration.ZERO
                : Duration.between(active.get(0).createdAt(), clock.instant());
        if (oldest.compareTo(alarms.age()) > 0) {
            reasons.add("transaction " + active.get(0).id() + " is active for " + Shown.duration(oldest));
        }
        int orphans = collections.transactions().orphaned().size();
        if (orphans > 0 && Duration.between(since, clock.instant()).compareTo(alarms.orphans()) > 0) {
            reasons.add(orphans + " transactions wait for a collection or a handler that is not registered");
        }
        Health.Builder health = reasons.isEmpty() ? Health.up() : Health.down().withDetail("reasons", reasons);
        return health.withDetail("active", active.size())
                .withDetail("orphaned", orphans)
                .withDetail("durable", store.durable())
                .withDetail("lag", store.lag())
                .withDetail("oldest", Shown.duration(oldest))
                .build();
    }
}
