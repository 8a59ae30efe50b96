package io.statesync.mutation;

import io.statesync.mutation.store.MutationType;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.StoredMutation;
import io.statesync.mutation.store.TransactionState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts a new transaction into a queued one, where both were made so (MC-09). Only where nobody can tell it from one after
 * the other: nothing came between the two on their rows and lanes, and nothing of it was sent. Steps of the engine; rows are
 * encoded without its lock.
 */
final class Coalescer {

    private final Engine engine;

    Coalescer(Engine engine) {
        this.engine = engine;
    }

    /** The transaction that takes it in; null: it becomes one of its own. */
    @Nullable
    Tx take(Draft.Made made) {
        if (made.coalescing() == null) {
            return null;
        }
        Target target = engine.step(turn -> target(made));
        List<Change> joined = target == null ? null : joined(target.changes, made.changes());
        if (target == null || joined == null) {
            return null;
        }
        List<StoredMutation> stored = engine.births.encode(joined);
        return engine.step(turn -> join(turn, made, target, joined, stored));
    }

    /** A queued one, with what it does as this was read. */
    private record Target(Tx tx, List<Change> changes) {}

    private @Nullable Target target(Draft.Made made) {
        Tx newest = null;
        for (Change change : made.changes()) {
            Tx last = engine.claims.last(change.ref);
            newest = last != null && (newest == null || last.sequence > newest.sequence) ? last : newest;
        }
        return newest != null && takes(newest, made) ? new Target(newest, newest.changes) : null;
    }

    private boolean takes(Tx tx, Draft.Made made) {
        return tx.coalesces
                && tx.state == TransactionState.QUEUED
                && made.idempotencyKey() == null
                && tx.home == made.home()
                && tx.fnName.equals(made.fnName())
                && tx.strategy.equals(made.strategy())
                && tx.lanes.equals(made.lanes())
                && made.lanes().stream().allMatch(lane -> engine.claims.lastOnLane(lane) == tx)
                && (made.coalescing() == Coalescing.MORE_ROWS
                        || refs(tx.changes).equals(refs(made.changes())))
                && made.changes().stream().allMatch(change -> nothingCameBetween(tx, change));
    }

    private static Set<Ref> refs(List<Change> changes) {
        return changes.stream().map(change -> change.ref).collect(Collectors.toCollection(HashSet::new));
    }

    /* also a parallel one: what is visible was made over it */
    private static boolean nothingCameBetween(Tx tx, Change change) {
        List<Change> there = change.rows.pending(change.key());
        return there.isEmpty() || there.get(there.size() - 1).tx.sequence <= tx.sequence;
    }

    // ---- what comes of the two

    private static @Nullable List<Change> joined(List<Change> queued, List<Change> added) {
        Map<Ref, Change> all = new LinkedHashMap<>();
        queued.forEach(change -> all.put(change.ref, change));
        for (Change change : added) {
            Change before = all.get(change.ref);
            Change both = before == null ? change : joined(before, change);
            if (both == null) {
                return null;
            }
            all.put(change.ref, both);
        }
        return List.copyOf(all.values());
    }

    /** Null where it would leave nothing to send, or would lose that the row was deleted. */
    private static @Nullable Change joined(Change before, Change then) {
        if (!before.metadata.equals(then.metadata)
                || before.type == MutationType.DELETE
                || then.type == MutationType.INSERT
                || before.type == MutationType.INSERT && then.type == MutationType.DELETE) {
            return null;
        }
        Object original = before.original;
        if (then.type == MutationType.DELETE) {
            return change(before, MutationType.DELETE, Objects.requireNonNull(original), Map.of());
        }
        RowModel<Object, Object> model = before.rows.model;
        Object row = model.patch(original == null ? before.modified : original, before.changes);
        Object edited = model.patch(row, then.changes);
        Map<String, @Nullable Object> changes = new LinkedHashMap<>(before.changes);
        changes.putAll(original == null ? model.fields(edited) : then.changes);
        return change(before, before.type, edited, changes);
    }

    private static Change change(
            Change before, MutationType type, Object modified, Map<String, @Nullable Object> changes) {
        return new Change(before.rows, before.ref, type, before.original, modified, changes, before.metadata);
    }

    private @Nullable Tx join(
            Turn turn, Draft.Made made, Target target, List<Change> joined, List<StoredMutation> stored) {
        Tx tx = target.tx;
        Target now = engine.running() && engine.births.stillOver(made) ? target(made) : null;
        if (now == null || now.tx != tx || now.changes != target.changes) {
            return null;
        }
        List<Change> added = new ArrayList<>(joined.subList(target.changes.size(), joined.size()));
        for (Change change : target.changes) {
            change.rows.remove(turn, change);
        }
        tx.changes = joined;
        joined.forEach(change -> change.tx = tx);
        engine.claims.claim(tx, added);
        tx.move(Transition.COALESCED, engine.now());
        tx.publish();
        engine.births.adopt(turn, tx, joined);
        tx.createdAtPosition = engine.journal.append(new StoreEvent.Coalesced(tx.id, stored, tx.updatedAt()));
        engine.told(turn, TransactionState.QUEUED, tx);
        return tx;
    }
}
