package io.statesync.mutation;

import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.StoredMutation;
import io.statesync.mutation.store.TransactionState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How transactions come into being. Steps of the engine; rows are encoded without its lock. */
final class Births {

    private final Engine engine;
    private final Ids ids;

    /** Of the newest transaction. Guarded by the engine's lock. */
    private long sequence;

    Births(Engine engine) {
        this.engine = engine;
        ids = new Ids(engine.settings.ids);
    }

    String nextId() {
        return ids.next();
    }

    /** Those of a former life came before all that come now. */
    void goOnAfter(long lastSequence) {
        sequence = Math.max(sequence, lastSequence);
    }

    /**
     * Creates a transaction, if the rows are still as they were when it was made up.
     *
     * @return null if one of them is not
     */
    @Nullable
    Tx create(Draft.Made made) {
        return engine.step(turn -> {
            engine.requireRunning();
            return stillOver(made) ? create(turn, made) : null;
        });
    }

    /** Under the lock: whether its rows are as they were when it was made up. */
    boolean stillOver(Draft.Made made) {
        if (engine.view() == made.view()) {
            return true;
        }
        List<Change> changes = made.changes();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            if (change.rows.layers.visible(change.key()) != change.original) {
                return false;
            }
        }
        return true;
    }

    private Tx create(Turn turn, Draft.Made made) {
        String id = made.id();
        Tx tx = new Tx(
                id,
                ++sequence,
                made.idempotencyKey() == null ? id : made.idempotencyKey(),
                made.home(),
                made.fnName(),
                made.strategy(),
                made.lanes(),
                engine.now(turn),
                made.changes());
        tx.coalesces = made.coalescing() != null;
        if (tx.ordered()) {
            engine.claims.claim(tx, tx.changes);
            engine.claims.claimLanes(tx);
        }
        tx.state = tx.blocked() ? TransactionState.QUEUED : TransactionState.PENDING;
        if (tx.state == TransactionState.QUEUED) {
            tx.publish();
        }
        engine.active.put(id, tx);
        for (int i = 0; i < tx.changes.size(); i++) {
            Change change = tx.changes.get(i);
            // what is visible is what it was made over, see stillOver
            change.rows.add(turn, change, change.original);
        }
        tx.createdAtPosition = append(tx, made);
        engine.told(turn, null, tx);
        if (tx.state == TransactionState.PENDING) {
            engine.calls.ready(turn, tx);
        }
        return tx;
    }

    private long append(Tx tx, Draft.Made made) {
        TransactionState born = tx.state;
        List<StoredMutation> encoded = made.encoded();
        if (encoded != null) {
            return engine.journal.append(new StoreEvent.Created(Encoding.stored(tx, born, encoded)));
        }
        List<Change> changes = made.changes();
        return engine.journal.appendLazily(
                tx.id, () -> new StoreEvent.Created(Encoding.stored(tx, born, encode(changes, false))));
    }

    /** Its effect is visible from the end of this step on. */
    void adopt(Turn turn, Tx tx, List<Change> changes) {
        engine.active.put(tx.id, tx);
        for (Change change : changes) {
            change.rows.add(turn, change, change.rows.layers.visible(change.key()));
        }
    }

    /** Encodes what is to be stored, for a storage that wants it so. Without the lock. */
    List<StoredMutation> encode(List<Change> changes) {
        return encode(changes, engine.journal.keepsBytes());
    }

    /** As {@link #encode}, where foreign code has a part in it; null where it has none, so that it may be done later. */
    @Nullable
    List<StoredMutation> encodeAhead(List<Change> changes) {
        boolean bytes = engine.journal.keepsBytes();
        for (int i = 0; i < changes.size(); i++) {
            if (bytes || changes.get(i).rows.config.codec() != null) {
                return encode(changes, bytes);
            }
        }
        return null;
    }

    private static List<StoredMutation> encode(List<Change> changes, boolean bytes) {
        if (changes.size() == 1) {
            return List.of(Encoding.stored(changes.get(0), bytes));
        }
        List<StoredMutation> stored = new ArrayList<>(changes.size());
        for (Change change : changes) {
            stored.add(Encoding.stored(change, bytes));
        }
        return stored;
    }
}
