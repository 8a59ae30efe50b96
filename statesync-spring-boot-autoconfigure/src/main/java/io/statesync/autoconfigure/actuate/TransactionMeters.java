package io.statesync.autoconfigure.actuate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.mutation.Attempt;
import io.statesync.mutation.CollectionStatistics;
import io.statesync.mutation.MutationTransaction;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.SyncedCollections;
import io.statesync.mutation.TransactionEvent;
import io.statesync.mutation.TransactionListener;
import io.statesync.mutation.store.TransactionState;
import io.statesync.spring.mutation.SyncedCollectionFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Counts and times transactions. Tags never contain keys. Told by one thread at a time; the gauges read the engine, without
 * a lock.
 */
final class TransactionMeters implements TransactionListener {

    private static final String PREFIX = "statesync.transactions.";

    private final MeterRegistry registry;

    /** Since when those that await sync do so, by id. Used by the thread that tells. */
    private final Map<String, Instant> awaiting = new HashMap<>();

    TransactionMeters(MeterRegistry registry, Set<String> collections) {
        this.registry = registry;
        for (String collection : collections) {
            Tags tags = Tags.of("collection", collection);
            registry.counter(PREFIX + "created", tags);
            registry.counter(PREFIX + "retries", tags);
            registry.counter(PREFIX + "recovered", tags);
            registry.counter(PREFIX + "interrupted", tags);
            registry.counter(PREFIX + "completed", tags.and("confirmed", "true"));
            registry.counter(PREFIX + "completed", tags.and("confirmed", "false"));
            for (String cause : List.of("refused", "exhausted", "dependency", "cancelled", "interrupted")) {
                registry.counter(PREFIX + "failed", tags.and("cause", cause));
            }
        }
    }

    /** What can be read at any time. */
    void watch(SyncedCollections all, Set<String> collections, InstantSource clock) {
        for (String collection : collections) {
            for (TransactionState state : TransactionState.values()) {
                if (state.active()) {
                    Gauge.builder(PREFIX + "active", all, it -> count(it, collection, state))
                            .tag("collection", collection)
                            .tag("state", Shown.word(state))
                            .register(registry);
                }
            }
        }
        Gauge.builder(PREFIX + "oldest", all, it -> oldest(it, clock))
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder(
                        PREFIX + "orphaned",
                        all,
                        it -> it.transactions().orphaned().size())
                .register(registry);
        Gauge.builder(PREFIX + "history", all, it -> it.transactions().cached()).register(registry);
        Gauge.builder(PREFIX + "store.lag", all, it -> it.storeHealth().lag()).register(registry);
        Gauge.builder(PREFIX + "store.degraded", all, it -> it.storeHealth().problem() == null ? 0 : 1)
                .register(registry);
    }

    /** What the collections hold beside their synced rows, once they are open. */
    void watch(SyncedCollectionFactory factory, Set<String> collections) {
        for (String topic : collections) {
            Gauge.builder(PREFIX + "rows.overlay", factory, it -> rows(it, topic, CollectionStatistics::overlay))
                    .tag("collection", topic)
                    .register(registry);
            Gauge.builder(PREFIX + "rows.held", factory, it -> rows(it, topic, CollectionStatistics::held))
                    .tag("collection", topic)
                    .register(registry);
        }
    }

    private static double rows(
            SyncedCollectionFactory factory, String topic, ToIntFunction<CollectionStatistics> counted) {
        SyncedCollection<?, ?> collection = factory.opened().get(topic);
        return collection == null ? 0 : counted.applyAsInt(collection.statistics());
    }

    private static double count(SyncedCollections all, String collection, TransactionState state) {
        return all.transactions().active().stream()
                .filter(it -> it.state() == state && it.collection().equals(collection))
                .count();
    }

    private static double oldest(SyncedCollections all, InstantSource clock) {
        List<MutationTransaction> active = all.transactions().active();
        return active.isEmpty()
                ? 0
                : Duration.between(active.get(0).createdAt(), clock.instant()).toMillis() / 1000d;
    }

    @Override
    public void onTransition(TransactionEvent event) {
        MutationTransaction transaction = event.transaction();
        Tags tags = Tags.of("collection", transaction.collection());
        if (event.from() == null) {
            registry.counter(PREFIX + "created", tags).increment();
        }
        if (event.from() == TransactionState.PERSISTING) {
            persisted(transaction, tags);
        }
        Instant since = awaiting.remove(transaction.id());
        if (since != null) {
            registry.timer(PREFIX + "await.sync", tags).record(Duration.between(since, transaction.updatedAt()));
        }
        switch (event.to()) {
            case PERSISTED_AWAITING_SYNC -> awaiting.put(transaction.id(), transaction.updatedAt());
            case COMPLETED ->
                registry.counter(
                                PREFIX + "completed",
                                tags.and("confirmed", String.valueOf(transaction.syncConfirmed())))
                        .increment();
            case FAILED ->
                registry.counter(PREFIX + "failed", tags.and("cause", FailureCause.of(transaction)))
                        .increment();
            default -> {
                // counted when it ends
            }
        }
    }

    @Override
    public void onRestored(MutationTransaction transaction) {
        Tags tags = Tags.of("collection", transaction.collection());
        registry.counter(PREFIX + "recovered", tags).increment();
        List<Attempt> attempts = transaction.attempts();
        if (!attempts.isEmpty() && attempts.get(attempts.size() - 1).interrupted()) {
            registry.counter(PREFIX + "interrupted", tags).increment();
        }
    }

    private void persisted(MutationTransaction transaction, Tags tags) {
        List<Attempt> attempts = transaction.attempts();
        if (!attempts.isEmpty() && attempts.get(attempts.size() - 1).error() == null) {
            time(attempts.get(attempts.size() - 1), "success", tags);
        }
    }

    @Override
    public void onAttemptFailed(MutationTransaction transaction, Attempt attempt) {
        Tags tags = Tags.of("collection", transaction.collection());
        time(attempt, "failure", tags);
        if (attempt.retryScheduledFor() != null) {
            registry.counter(PREFIX + "retries", tags).increment();
        }
    }

    private void time(Attempt attempt, String outcome, Tags tags) {
        Instant end = attempt.completedAt();
        if (end != null) {
            registry.timer(PREFIX + "persist", tags.and("outcome", outcome))
                    .record(Duration.between(attempt.startedAt(), end));
        }
    }

    @Override
    public void onStaleResult(MutationTransaction transaction) {
        registry.counter(PREFIX + "stale", "collection", transaction.collection())
                .increment();
    }

    @Override
    public void onError(SyncErrorContext context) {
        if (context.phase() == SyncPhase.MERGE) {
            registry.counter(PREFIX + "merge.errors").increment();
        }
    }
}
