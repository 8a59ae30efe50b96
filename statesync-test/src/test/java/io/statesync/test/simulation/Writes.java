package io.statesync.test.simulation;

import io.statesync.Revision;
import io.statesync.mutation.MutationOption;
import io.statesync.mutation.MutationRetry;
import io.statesync.mutation.MutationStrategy;
import io.statesync.mutation.MutationTransaction;
import io.statesync.mutation.PersistContext;
import io.statesync.mutation.PersistResult;
import io.statesync.mutation.SyncConfig;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.SyncedCollections;
import io.statesync.mutation.TopicRows;
import io.statesync.mutation.TransactionEvent;
import io.statesync.mutation.TransactionHandle;
import io.statesync.mutation.TransactionListener;
import io.statesync.mutation.store.TransactionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The transactions of a machine over all lives of its process, on their way to the backend, and what is promised of them. */
final class Writes {

    static final List<String> KEYS = List.of("x", "y", "z");

    private final World world;
    private final Replica replica;
    private final SplittableRandom random;
    private final Backend backend;
    final Trouble trouble;

    private final Map<String, Long> orders = new HashMap<>();
    private final Set<String> parallel = new HashSet<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final Set<String> accepted = new HashSet<>();
    private final Set<String> failed = new HashSet<>();
    private final Map<Object, Long> lastSent = new HashMap<>();
    private final Shown shown;
    private long tokens;

    private @Nullable SyncedCollections collections;
    private @Nullable SyncedCollection<String, Row> collection;

    Writes(Replica replica) {
        this.replica = replica;
        world = replica.world;
        random = replica.random.split();
        backend = new Backend(world, this, random.split());
        trouble = new Trouble(world.clock, random.split());
        shown = new Shown(world, this);
    }

    // ---- its lives

    SyncedCollection<String, Row> open(Life life, TopicRows<String, Row> topicRows) {
        SyncedCollections opened = SyncedCollections.builder()
                .storage(replica.transactions.seenBy(life))
                .scheduler(life)
                .clock(() -> Instant.ofEpochMilli(world.clock.wallMillis()))
                .executor(life)
                .callbackExecutor(life)
                .ids(() -> "t" + tokens + "-" + random.nextInt(1_000))
                .retry(MutationRetry.DEFAULT
                        .withDelays(Duration.ofMillis(500), 2, Duration.ofSeconds(4))
                        .withJitter(0.3, random::nextDouble))
                .attemptTimeout(Duration.ofSeconds(3))
                .awaitSyncTimeout(Duration.ofMillis(1_500))
                .drainTimeout(Duration.ZERO)
                .listener(new Ear())
                .build();
        SyncedCollection<String, Row> rows = opened.open(SyncConfig.ofTopic(World.TOPIC, Row.MODEL, topicRows)
                .withMutationFn(context -> persist(life, context)));
        collections = opened;
        collection = rows;
        opened.start();
        return rows;
    }

    void crashed() {
        collections = null;
        collection = null;
        shown.forget();
    }

    // ---- what is written

    void mutate(SplittableRandom step) {
        SyncedCollection<String, Row> rows = collection;
        if (rows == null) {
            return;
        }
        Map<String, Row> edits = new HashMap<>();
        Set<String> deletes = new HashSet<>();
        for (int i = step.nextInt(3) == 0 ? 2 : 1; i > 0; i--) {
            String key = KEYS.get(step.nextInt(KEYS.size()));
            edits.put(key, new Row(key, ++tokens));
            if (step.nextInt(6) == 0) {
                deletes.add(key);
            }
        }
        boolean unordered = step.nextInt(4) == 0;
        MutationStrategy strategy = unordered ? MutationStrategy.PARALLEL : MutationStrategy.ORDERED;
        TransactionHandle handle = rows.mutate(
                scope -> edits.forEach((key, row) -> {
                    if (rows.get(key) == null) {
                        scope.insert(row);
                    } else if (deletes.contains(key)) {
                        scope.delete(key);
                    } else {
                        scope.update(key, old -> row);
                    }
                }),
                MutationOption.strategy(strategy));
        String id = handle.id();
        world.trace(() -> "mutation " + id + " of " + edits + " deleting " + deletes);
        orders.put(id, (long) orders.size());
        if (unordered) {
            parallel.add(id);
        }
        edits.forEach((key, row) -> {
            Row visible = rows.get(key);
            world.check(
                    visible == null ? deletes.contains(key) : visible.equals(row),
                    () -> "a write is not visible at once: " + row + ", but " + visible);
        });
        handle.durable().thenRun(() -> acknowledged.add(id));
        handle.persisted().thenRun(() -> accepted.add(id));
    }

    boolean any() {
        return !orders.isEmpty();
    }

    void cancel(SplittableRandom step) {
        SyncedCollections all = collections;
        if (all != null) {
            List<MutationTransaction> active = all.transactions().active();
            if (!active.isEmpty()) {
                String id = active.get(step.nextInt(active.size())).id();
                all.transactions().handle(id).ifPresent(TransactionHandle::cancel);
            }
        }
    }

    private CompletionStage<PersistResult> persist(Life life, PersistContext context) {
        life.requireAlive();
        MutationTransaction transaction = context.transaction();
        String id = transaction.id();
        boolean degraded = replica.transactions.unreliable();
        world.check(degraded || replica.transactions.hasForced(id), () -> id + " is sent before it is on disk");
        world.check(degraded || !failed.contains(id), () -> id + " is sent after it was said to have failed");
        world.check(degraded || !accepted.contains(id), () -> id + " is sent after it was accepted");
        if (isOrdered(id)) {
            transaction.mutations().forEach(mutation -> {
                Long before = lastSent.put(mutation.ref().key(), orderOf(id));
                world.check(
                        degraded || before == null || before <= orderOf(id),
                        () -> id + " is sent after a younger one of the same row");
            });
        }
        CompletableFuture<PersistResult> answer = new CompletableFuture<>();
        String key = context.idempotencyKey();
        send(life, key, transaction, answer);
        if (random.nextInt(10) == 0) {
            send(life, key, transaction, answer);
        }
        return answer;
    }

    private void send(Life life, String key, MutationTransaction transaction, CompletableFuture<PersistResult> answer) {
        if (trouble.strikes()) {
            if (random.nextBoolean()) {
                answer(life, answer, null, new Trouble.Planned("the request did not arrive"));
            }
            return;
        }
        world.clock.after(
                travel(),
                null,
                () -> backend.arrives(key, transaction, (revision, error) -> {
                    if (!trouble.strikes()) {
                        answer(life, answer, revision, error);
                    }
                }));
    }

    private void answer(
            Life life,
            CompletableFuture<PersistResult> answer,
            @Nullable Revision revision,
            @Nullable Throwable error) {
        world.clock.after(travel(), life, () -> {
            if (error != null) {
                answer.completeExceptionally(error);
            } else {
                answer.complete(revision == null ? PersistResult.none() : PersistResult.revision(revision));
            }
        });
    }

    private long travel() {
        return trouble.present() && random.nextBoolean() ? random.nextLong(6_000_000_000L) : random.nextInt(50_000_000);
    }

    // ---- what is promised

    long orderOf(String id) {
        return orders.getOrDefault(id, 0L);
    }

    boolean isOrdered(String id) {
        return !parallel.contains(id);
    }

    /** Whether it may still come to the backend after a younger one: its client has given it up. */
    boolean excused(String id) {
        return replica.transactions.unreliable() || failed.contains(id) || !isActive(id);
    }

    /* On record, though the process died before it said so. */
    private static boolean hasFailed(SyncedCollections all, String id) {
        return all.transactions()
                .find(id)
                .filter(it -> it.state() == TransactionState.FAILED)
                .isPresent();
    }

    /** Whether what it showed is not to be seen any more. */
    boolean tookBack(String id) {
        SyncedCollections all = collections;
        return failed.contains(id) || (all != null && hasFailed(all, id));
    }

    private boolean isActive(String id) {
        SyncedCollections all = collections;
        return all == null
                || all.transactions().active().stream().anyMatch(it -> it.id().equals(id));
    }

    void check() {
        SyncedCollection<String, Row> rows = collection;
        if (rows != null) {
            shown.check(rows);
        }
    }

    void requireConverged() {
        SyncedCollections all = collections;
        SyncedCollection<String, Row> rows = collection;
        world.check(all != null && rows != null, () -> "there is no process");
        List<MutationTransaction> active = all.transactions().active();
        world.check(active.isEmpty(), () -> "transactions never end: " + active);
        for (String id : acknowledged) {
            world.check(
                    backend.hasApplied(id) || failed.contains(id) || hasFailed(all, id),
                    () -> "transaction " + id + " was acknowledged, and is lost");
        }
        if (!world.truth.wentBack()) {
            Map<String, Row> seen = new HashMap<>(rows.data());
            world.check(
                    seen.equals(world.truth.rows()),
                    () -> "the collection rests at " + seen + " of " + world.truth.rows());
        }
    }

    List<String> pendingAt(String key) {
        SyncedCollection<String, Row> rows = collection;
        return rows == null
                ? List.of()
                : new ArrayList<>(rows.rowStatus(key).pending().stream()
                        .map(MutationTransaction::id)
                        .toList());
    }

    private final class Ear implements TransactionListener {

        @Override
        public void onTransition(TransactionEvent event) {
            String id = event.transaction().id();
            world.trace(() -> id + " " + event.from() + " -> " + event.to()
                    + event.transaction().persistedRevisions());
            if (event.to() == TransactionState.FAILED) {
                failed.add(id);
            }
        }
    }
}
