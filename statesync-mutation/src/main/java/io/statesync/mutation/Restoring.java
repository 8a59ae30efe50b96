package io.statesync.mutation;

import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.mutation.store.Recovery;
import io.statesync.mutation.store.RecoverySink;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.StoredAttempt;
import io.statesync.mutation.store.StoredMutation;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.StrategyType;
import io.statesync.mutation.store.TransactionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes up the transactions of a former life (MUTATIONS 1.9), in the order of their sequence, each once (MU-D9): those that
 * have all their collections. Rows are decoded without the engine's lock.
 */
final class Restoring implements RecoverySink {

    private final Engine engine;

    /** One taking up at a time; never taken while the engine's lock is held. */
    private final ReentrantLock turns = new ReentrantLock();

    /* guarded by turns */
    private final List<StoredTransaction> waiting = new ArrayList<>();

    /** Those that wait, by id, and why; read by anybody. */
    private final Map<String, String> orphans = new ConcurrentHashMap<>();

    /** The newest revision that was persisted in a former life and not confirmed, by topic; written under {@code turns}. */
    private final Map<String, Revision> floors = new HashMap<>();

    Restoring(Engine engine) {
        this.engine = engine;
    }

    List<String> orphaned() {
        return List.copyOf(orphans.keySet());
    }

    /** Opens the storage, and takes up what can be taken up. */
    void start() {
        turns.lock();
        try {
            Recovery recovery = engine.journal.open(this);
            waiting.sort(Comparator.comparingLong(StoredTransaction::sequence));
            List<MutationTransaction> done = waiting.stream()
                    .filter(Restoring::accepted)
                    .map(this::assumedSynced)
                    .toList();
            engine.steps(turn -> {
                engine.begin(turn, recovery.lastSequence());
                done.forEach(transaction -> assumeSynced(turn, transaction));
            });
            waiting.removeIf(Restoring::accepted);
            takeUp();
        } finally {
            turns.unlock();
        }
    }

    /** A collection was opened. */
    void opened() {
        turns.lock();
        try {
            takeUp();
        } finally {
            turns.unlock();
        }
    }

    @Override
    public void restored(StoredTransaction transaction) {
        waiting.add(transaction);
    }

    @Override
    public void damaged(@Nullable String transactionId, Throwable error) {
        report(transactionId, error);
    }

    private void report(@Nullable String transactionId, Throwable error) {
        engine.report(new SyncErrorContext(
                SyncPhase.STORE, null, error, null, null, null, null, transactionId, 0, false, null));
    }

    private static boolean accepted(StoredTransaction transaction) {
        return transaction.state() == TransactionState.PERSISTED_AWAITING_SYNC;
    }

    /** The backend has it, and the fresh snapshot will show it (MU-D5): what is known of it then. */
    private MutationTransaction assumedSynced(StoredTransaction stored) {
        stored.revisions()
                .forEach((topic, revision) ->
                        floors.merge(topic, revision, (one, other) -> one.isNewerThan(other) ? one : other));
        return Encoding.transaction(stored.completed(false, engine.now()), engine.registry);
    }

    private void assumeSynced(Turn turn, MutationTransaction transaction) {
        engine.journal.append(new StoreEvent.Completed(transaction.id(), false, transaction.updatedAt()));
        engine.history.add(transaction);
        engine.bulletin.restored(turn, transaction);
        engine.bulletin.transition(turn, new TransactionEvent(TransactionState.PERSISTED_AWAITING_SYNC, transaction));
    }

    // ---- taking up

    private void takeUp() {
        List<Ready> ready = new ArrayList<>();
        List<StoredTransaction> left = new ArrayList<>();
        Map<String, String> claimed = new HashMap<>();
        for (StoredTransaction stored : waiting) {
            String lacking = lacking(stored);
            if (lacking == null) {
                lacking = behind(stored, claimed);
            }
            if (lacking == null) {
                read(stored, ready);
                continue;
            }
            left.add(stored);
            claims(stored).forEach(claim -> claimed.put(claim, stored.id()));
            if (!lacking.equals(orphans.put(stored.id(), lacking))) {
                report(
                        stored.id(),
                        new IllegalStateException(
                                "transaction " + stored.id() + " of a former life of the process waits: " + lacking));
            }
        }
        waiting.clear();
        waiting.addAll(left);
        engine.steps(turn -> {
            List<Tx> restored = new ArrayList<>();
            ready.forEach(one -> takeUp(turn, one, restored));
            // only now, so that one that fails finds those that wait for it (MU-O7)
            restored.forEach(tx -> goOn(turn, tx));
            for (Rows rows : engine.registry.all()) {
                rows.setup().begin(turn, floors.remove(rows.topic));
            }
        });
    }

    /** An ordered one stays behind those that it was queued behind (MU-D3). */
    private static @Nullable String behind(StoredTransaction stored, Map<String, String> claimed) {
        return claims(stored).stream()
                .filter(claimed::containsKey)
                .findFirst()
                .map(claim -> "it stays behind transaction " + claimed.get(claim))
                .orElse(null);
    }

    private static List<String> claims(StoredTransaction stored) {
        if (stored.strategy() == StrategyType.PARALLEL) {
            return List.of();
        }
        List<String> claims = new ArrayList<>();
        stored.mutations().forEach(mutation -> claims.add("row " + mutation.collection() + "/" + mutation.key()));
        stored.lanes().forEach(lane -> claims.add("lane " + lane));
        return claims;
    }

    private @Nullable String lacking(StoredTransaction stored) {
        for (StoredMutation mutation : stored.mutations()) {
            if (engine.registry.named(mutation.collection()) == null) {
                return "collection \"" + mutation.collection() + "\" is not open";
            }
        }
        Rows home = engine.registry.named(stored.collection());
        if (home == null) {
            return "collection \"" + stored.collection() + "\" is not open";
        }
        return home.config.mutationFns().containsKey(stored.mutationFn())
                ? null
                : "collection \"" + stored.collection() + "\" has no mutation function \"" + stored.mutationFn() + "\"";
    }

    private void read(StoredTransaction stored, List<Ready> ready) {
        List<Change> changes = new ArrayList<>();
        try {
            for (StoredMutation mutation : stored.mutations()) {
                Rows rows = engine.registry.named(mutation.collection());
                if (rows != null) {
                    changes.add(Encoding.change(mutation, rows));
                }
            }
        } catch (RuntimeException | Error unreadable) {
            // it stays in the storage as it is, for a codec that can read it (MU-D10)
            orphans.put(stored.id(), "its rows cannot be read: " + unreadable);
            report(stored.id(), unreadable);
            return;
        }
        orphans.remove(stored.id());
        ready.add(new Ready(stored, changes));
    }

    private record Ready(StoredTransaction stored, List<Change> changes) {}

    private void takeUp(Turn turn, Ready one, List<Tx> restored) {
        StoredTransaction stored = one.stored;
        Rows home = engine.registry.named(stored.collection());
        if (home == null) {
            return;
        }
        MutationStrategy configured = home.config.strategy();
        Tx tx = new Tx(
                stored.id(),
                stored.sequence(),
                stored.idempotencyKey(),
                home,
                stored.mutationFn(),
                configured.type() == stored.strategy()
                        ? configured
                        : new MutationStrategy(stored.strategy(), null, false),
                stored.lanes(),
                stored.createdAt(),
                one.changes);
        tx.restoredAt(stored.updatedAt());
        tx.attempts = stored.attempts().stream().map(Encoding::attempt).toList();
        closeInterrupted(tx, stored);
        if (tx.ordered()) {
            engine.claims.claim(tx, tx.changes);
            engine.claims.claimLanes(tx);
        }
        tx.state = tx.blocked() ? TransactionState.QUEUED : TransactionState.PENDING;
        tx.publish();
        engine.births.adopt(turn, tx, tx.changes);
        engine.bulletin.restored(turn, tx.snapshot());
        engine.told(turn, null, tx);
        restored.add(tx);
    }

    private void goOn(Turn turn, Tx tx) {
        if (tx.state != TransactionState.PENDING) {
            return;
        }
        int interruptions = tx.interruptionsInARow();
        if (interruptions >= engine.settings.maxInterruptions) {
            engine.endings.fail(
                    turn, tx, Transition.INTERRUPTED, new InterruptedTooOftenException(tx.id, interruptions));
        } else {
            engine.calls.ready(turn, tx);
        }
    }

    /** The attempt that was running when the process ended: its outcome is unknown (MU-D4). */
    private void closeInterrupted(Tx tx, StoredTransaction stored) {
        if (stored.attempts().isEmpty()) {
            return;
        }
        StoredAttempt last = stored.attempts().get(stored.attempts().size() - 1);
        if (last.completedAt() != null || last.interrupted()) {
            return;
        }
        Instant now = engine.now();
        Attempt closed = new Attempt(last.id(), last.number(), last.startedAt(), null, null, null, true);
        tx.record(closed);
        engine.journal.append(new StoreEvent.AttemptFailed(tx.id, Encoding.stored(closed), now));
    }
}
