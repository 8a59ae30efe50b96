package io.statesync.mutation;

import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A collection as the engine holds it: its rows in layers, and what is going on at which key. Guarded by the engine's
 * lock, but for what is final.
 */
final class Rows {

    private static final Duration FLOOR_LASTS = Duration.ofSeconds(30);

    final String id;
    final String topic;
    /** Its place among the views. */
    final int index;

    final SyncConfig<Object, Object> config;
    final RowModel<Object, Object> model;
    final Layers layers = new Layers();
    final Waiting waiting = new Waiting();
    final Matchers matchers = new Matchers();
    final KeyAliases aliases = new KeyAliases();

    /** Set once by {@link #introduce}, before anybody else sees the rows. */
    @SuppressWarnings("NullAway.Init")
    private Setup setup;

    private final Map<Object, RowSlot> slots = new HashMap<>();
    private final Set<Object> provisional = new HashSet<>();
    private @Nullable Revision received;

    /** Keys whose overlay is to be composed anew at the end of the step. */
    private Set<Object> dirty = Set.of();

    Rows(SyncConfig<Object, Object> config, int index) {
        this.config = config;
        this.index = index;
        id = config.id();
        topic = config.topic();
        model = config.rows();
    }

    void introduce(Setup its) {
        setup = its;
    }

    Setup setup() {
        return setup;
    }

    View view() {
        return layers.view(id, received);
    }

    @Nullable
    Revision received() {
        return received;
    }

    /** Whether this revision of the topic was received. */
    boolean hasReceived(Revision revision) {
        return received != null && !revision.isNewerThan(received);
    }

    private RowSlot slot(Object key) {
        RowSlot known = slots.get(key);
        return known == null ? newSlot(key) : known;
    }

    private RowSlot newSlot(Object key) {
        RowSlot slot = new RowSlot();
        slots.put(key, slot);
        return slot;
    }

    // ---- optimism

    /** The change is visible from the end of the step on, over the row that is visible now. */
    void add(Turn turn, Change change, @Nullable Object visible) {
        RowSlot slot = slot(change.key());
        boolean newest = slot.add(change);
        if (newest && slot.merge() == null && !isDirty(change.key())) {
            // what is visible was composed already, so one more patch is enough however many are pending
            Object row = visible == change.original
                    ? change.applyTo(visible)
                    : Composition.apply(change, visible, faults(turn));
            layers.putOverlay(change.key(), row, visible);
            turn.touch(this);
        } else {
            dirty(turn, change.key());
        }
    }

    /** The change is not visible any more from the end of the step on. */
    void remove(Turn turn, Change change) {
        slot(change.key()).remove(change);
        dirty(turn, change.key());
    }

    /** What is pending at the key, by the sequence of creation; not to be kept. */
    List<Change> pending(Object key) {
        RowSlot slot = slots.get(key);
        return slot == null ? List.of() : slot.pending();
    }

    void lock(Turn turn, Object key) {
        RowSlot slot = slot(key);
        boolean merged = slot.merge() != null;
        slot.lock();
        if (merged) {
            dirty(turn, key);
        }
    }

    void unlock(Turn turn, Object key) {
        slot(key).unlock();
        dirty(turn, key);
    }

    boolean locked(Object key) {
        RowSlot slot = slots.get(key);
        return slot != null && slot.locked();
    }

    /** The keys that are locked: equals {@link LockedRefs} over the active transactions (MU-L1). */
    List<Object> lockedKeys() {
        return slots.entrySet().stream()
                .filter(slot -> slot.getValue().locked())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Applies what was held back, or drops it if it is older than what the mutation function returned. Whether it was applied. */
    boolean release(Turn turn, Object key, @Nullable Revision persisted) {
        if (!layers.holds(key)) {
            return false;
        }
        RowSlot slot = slot(key);
        Revision held = slot.heldRevision;
        Object row = layers.unhold(key);
        slot.heldRevision = null;
        turn.touch(this);
        if (persisted != null && held != null && persisted.isNewerThan(held)) {
            return false;
        }
        authoritative(turn, key, row, slot);
        return true;
    }

    /** The change stays visible after its transaction, until sync brings a newer row (MU-V3). */
    void promote(Turn turn, Change change, @Nullable Object returned) {
        promoteRow(turn, change.key(), returned != null ? returned : effect(turn, change));
    }

    /** A row that the backend has, though sync has not brought it yet. */
    void promoteRow(Turn turn, Object key, @Nullable Object row) {
        layers.putSynced(key, row);
        provisional.add(key);
        dirty(turn, key);
    }

    private @Nullable Object effect(Turn turn, Change change) {
        Merge<?> merge = locked(change.key()) ? null : change.tx.strategy.merge();
        return Composition.compose(layers.synced(change.key()), List.of(change), merge, faults(turn));
    }

    /** Rows older than this are not taken for the key for a while (MUTATIONS 6). */
    void floor(Object key, Revision revision, long now) {
        slot(key).floor(revision, now + FLOOR_LASTS.toNanos());
    }

    // ---- sync

    /** All rows; the map is the collection's from now on. The first are not held back: nothing is there that could stay. */
    void replaceAll(Turn turn, @Nullable Revision revision, Map<Object, Object> rows, long now, boolean holding) {
        Set<Object> kept = new HashSet<>();
        slots.forEach((key, slot) -> {
            // a row that is too old is not held either: a failure would bring it back
            if (slot.refuses(revision, now)) {
                kept.add(key);
            } else if (holding && slot.locked()) {
                hold(key, slot, rows.get(key), revision);
                kept.add(key);
            }
            dirty(turn, key);
        });
        provisional.retainAll(kept);
        layers.replaceBase(rows, kept);
        receive(turn, revision);
    }

    /** Some rows; null for those that are gone. */
    void change(Turn turn, @Nullable Revision revision, Map<Object, @Nullable Object> rows, long now) {
        rows.forEach((key, row) -> {
            RowSlot slot = slots.get(key);
            if (slot == null) {
                authoritative(turn, key, row, null);
            } else if (!slot.refuses(revision, now)) {
                if (slot.locked()) {
                    hold(key, slot, row, revision);
                } else {
                    authoritative(turn, key, row, slot);
                }
            }
        });
        receive(turn, revision);
    }

    private void hold(Object key, RowSlot slot, @Nullable Object row, @Nullable Revision revision) {
        layers.hold(key, row);
        slot.heldRevision = revision;
    }

    /** Without a slot there is nothing over it that was to be composed anew. */
    private void authoritative(Turn turn, Object key, @Nullable Object row, @Nullable RowSlot slot) {
        layers.putSynced(key, row);
        if (!provisional.isEmpty()) {
            provisional.remove(key);
        }
        if (slot != null) {
            dirty(turn, key);
        }
    }

    private void receive(Turn turn, @Nullable Revision revision) {
        if (revision != null && (received == null || revision.isNewerThan(received))) {
            received = revision;
        }
        turn.touch(this);
        if (received != null) {
            waiting.reached(received).forEach(waiter -> waiter.then().accept(turn));
        }
    }

    /** The source went back, and was believed: what it had before is not there any more. */
    void restartAt(Revision revision) {
        received = revision;
    }

    // ---- the end of a step

    private boolean isDirty(Object key) {
        return dirty.contains(key);
    }

    private void dirty(Turn turn, Object key) {
        if (dirty.isEmpty()) {
            dirty = new HashSet<>();
        }
        dirty.add(key);
        turn.touch(this);
    }

    /** Composes what is to be composed, each key once. */
    void settle(Turn turn) {
        if (dirty.isEmpty()) {
            return;
        }
        for (Object key : dirty) {
            RowSlot slot = slots.get(key);
            if (slot == null || slot.pending().isEmpty()) {
                layers.clearOverlay(key);
            } else {
                Object synced = layers.synced(key);
                layers.putOverlay(key, Composition.compose(synced, slot.pending(), slot.merge(), faults(turn)));
            }
            if (slot != null && slot.idle()) {
                slots.remove(key);
            }
        }
        dirty = Set.of();
    }

    private Consumer<Throwable> faults(Turn turn) {
        return thrown -> turn.report(
                new SyncErrorContext(SyncPhase.MERGE, topic, thrown, received, null, null, null, null, 0, false, null));
    }

    RowStatus status(Object key) {
        List<MutationTransaction> pending =
                pending(key).stream().map(change -> change.tx.snapshot()).toList();
        return new RowStatus(pending, locked(key), layers.holds(key), provisional.contains(key));
    }
}
