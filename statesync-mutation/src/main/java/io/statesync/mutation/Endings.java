package io.statesync.mutation;

import io.statesync.Revision;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.TransactionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** How transactions end: each ending is one publication (MU-L4, MU-L5, MU-O7). Steps of the engine, under its lock. */
final class Endings {

    /** How long a failure waits for the disk before it is told (MUTATIONS 5). */
    private static final Duration TELL_AT_LAST = Duration.ofSeconds(1);

    private final Engine engine;

    Endings(Engine engine) {
        this.engine = engine;
    }

    // ---- completed

    void complete(Turn turn, Tx tx, Transition transition, boolean confirmed) {
        TransactionState from = tx.state;
        Instant now = engine.now(turn);
        tx.syncConfirmed = confirmed;
        tx.move(transition, now);
        tx.publish();
        quiet(tx);
        for (Change change : tx.changes) {
            settle(turn, tx, change, confirmed && tx.confirmsRowsOf(change.rows.topic));
        }
        returned(turn, tx, confirmed);
        engine.journal.append(new StoreEvent.Completed(tx.id, confirmed, tx.updatedAt()));
        leave(tx);
        engine.told(turn, from, tx);
        MutationTransaction ended = tx.snapshot();
        turn.after(() -> Engine.run(engine.callbacks, () -> tx.completed.complete(ended)));
        for (Tx follower : tx.followers) {
            unblock(turn, follower, tx);
        }
        tx.followers = List.of();
    }

    /** The overlay goes; what was held back comes, or else, unconfirmed, the effect stays until sync says otherwise. */
    private void settle(Turn turn, Tx tx, Change change, boolean confirmed) {
        Rows rows = change.rows;
        Object key = change.key();
        Revision persisted = tx.revisions.get(rows.topic);
        boolean released = removed(turn, tx, change, persisted);
        if (!confirmed && !released) {
            rows.promote(turn, change, tx.returnedRows.get(change.ref));
        }
        if (!confirmed && persisted != null && !rows.hasReceived(persisted)) {
            rows.floor(key, persisted, engine.settings.scheduler.now());
        }
    }

    private static boolean removed(Turn turn, Tx tx, Change change, @Nullable Revision persisted) {
        Rows rows = change.rows;
        rows.remove(turn, change);
        if (tx.locked) {
            rows.unlock(turn, change.key());
        }
        return !rows.locked(change.key()) && rows.release(turn, change.key(), persisted);
    }

    /** Rows that the backend returned beside those that were written, such as one under the key that it gave. */
    private void returned(Turn turn, Tx tx, boolean confirmed) {
        if (confirmed || tx.returnedRows.isEmpty()) {
            return;
        }
        Set<Ref> written = new LinkedHashSet<>();
        tx.changes.forEach(change -> written.add(change.ref));
        tx.returnedRows.forEach((ref, row) -> {
            Rows rows = engine.registry.named(ref.collection());
            if (rows != null && !written.contains(ref) && !rows.locked(ref.key())) {
                rows.promoteRow(turn, ref.key(), row);
            }
        });
    }

    /** One that it waited for is completed. */
    void unblock(Turn turn, Tx follower, Tx blocker) {
        boolean free = follower.unblockedBy(blocker);
        if (free && follower.state == TransactionState.QUEUED && !follower.orphan) {
            follower.move(Transition.UNBLOCKED, engine.now(turn));
            follower.publish();
            engine.told(turn, TransactionState.QUEUED, follower);
            engine.calls.ready(turn, follower);
        } else {
            follower.publish();
        }
    }

    // ---- failed

    /** Takes it back, if no answer may be on its way; not after the end of the engine, when nothing is stored any more. */
    boolean cancel(Turn turn, Tx tx) {
        boolean possible = tx.state.active() && !tx.accepted && !engine.closed() && engine.calls.withdraw(turn, tx);
        if (possible) {
            fail(turn, tx, Transition.CANCELLED, new CancellationException("transaction " + tx.id + " was cancelled"));
        }
        return possible;
    }

    /** It fails, and with it all that wait for it, directly or not (MU-O7). */
    void fail(Turn turn, Tx root, Transition transition, Throwable error) {
        Instant now = engine.now();
        List<Tx> failed = dependents(root);
        List<TransactionEvent> events = new ArrayList<>();
        for (Tx tx : failed) {
            TransactionState from = tx.state;
            tx.error = tx == root ? error(null, error) : error(root.id, new DependencyFailedException(root.id, error));
            tx.move(tx == root ? transition : Transition.BLOCKER_FAILED, now);
            tx.publish();
            events.add(new TransactionEvent(from, tx.snapshot()));
        }
        // the youngest first, so that each gives its claims back to one that keeps them
        for (int i = failed.size() - 1; i >= 0; i--) {
            rollBack(turn, failed.get(i));
        }
        long position = engine.journal.append(record(failed, now));
        // D4 would send it again: who is told of the failure must not see that
        turn.after(() -> engine.journal.boundedly(position, TELL_AT_LAST, () -> tell(failed, events)));
    }

    /** The root and all that wait for it, by sequence. */
    private static List<Tx> dependents(Tx root) {
        Set<Tx> found = new LinkedHashSet<>();
        Deque<Tx> open = new ArrayDeque<>();
        open.add(root);
        while (!open.isEmpty()) {
            Tx tx = open.remove();
            // one that was taken back before is its blocker's follower still (MU-T1)
            if (tx.state.active() && found.add(tx)) {
                open.addAll(tx.followers);
            }
        }
        List<Tx> ordered = new ArrayList<>(found);
        ordered.sort(Comparator.comparingLong(tx -> tx.sequence));
        return ordered;
    }

    private void rollBack(Turn turn, Tx tx) {
        quiet(tx);
        boolean keep = tx.strategy.keepsFailed();
        for (Change change : tx.changes) {
            removed(turn, tx, change, null);
            if (keep) {
                change.rows.promote(turn, change, null);
            }
        }
        leave(tx);
        tx.followers = List.of();
    }

    private static StoreEvent record(List<Tx> failed, Instant now) {
        List<StoreEvent.Failure> failures = failed.stream()
                .map(tx -> new StoreEvent.Failure(
                        tx.id, Encoding.stored(tx.snapshot().error())))
                .toList();
        return new StoreEvent.Failed(failures.get(0), failures.subList(1, failures.size()), now);
    }

    private void tell(List<Tx> failed, List<TransactionEvent> events) {
        engine.steps(turn -> events.forEach(event -> engine.bulletin.transition(turn, event)));
        for (Tx tx : failed) {
            MutationTransaction ended = tx.snapshot();
            TransactionError why = ended.error();
            if (why != null) {
                tx.persisted.completeExceptionally(why.error());
                tx.completed.completeExceptionally(why.error());
            }
            engine.bulletin.failed(ended);
        }
    }

    static TransactionError error(@Nullable String transactionId, Throwable error) {
        String message = error.getMessage();
        return new TransactionError(
                transactionId, message == null || message.isEmpty() ? error.toString() : message, error);
    }

    // ---- both

    private static void quiet(Tx tx) {
        Alarm alarm = tx.alarm;
        if (alarm != null) {
            alarm.off();
            tx.alarm = null;
        }
        tx.forget.forEach(Runnable::run);
        tx.forget = List.of();
    }

    private void leave(Tx tx) {
        engine.claims.release(tx);
        engine.active.remove(tx.id);
        engine.history.add(tx.snapshot());
    }
}
