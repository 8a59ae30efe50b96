package io.statesync.mutation;

import io.statesync.Revision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is going on at one key: who is pending, who locks, what is held. Guarded by the engine's lock. */
final class RowSlot {

    /** The pending changes, by the sequence of their transactions. */
    private List<Change> pending = List.of();

    /** How many of them bring a merge: mostly none, and then nobody looks for one. */
    private int merging;

    /** How many ordered transactions lock the key (MU-L1). */
    private int locks;

    /** The revision of what is held back for the key. */
    @Nullable
    Revision heldRevision;

    /** Mostly none; each older one is of a higher revision, of a source that went back since. */
    private List<Floor> floors = List.of();

    /** Adds at its place: a restored one may be older than those that are there. Whether it is the newest. */
    boolean add(Change change) {
        merging += change.tx.strategy.merge() == null ? 0 : 1;
        if (pending.isEmpty()) {
            pending = List.of(change);
            return true;
        }
        pending = pending.size() == 1 ? new ArrayList<>(pending) : pending;
        int place = pending.size();
        while (place > 0 && pending.get(place - 1).tx.sequence > change.tx.sequence) {
            place--;
        }
        pending.add(place, change);
        return place == pending.size() - 1;
    }

    void remove(Change change) {
        int last = pending.size() - 1;
        if (last == 0 && pending.get(0) == change) {
            pending = List.of();
        } else if (last > 0 && pending.get(last) == change) {
            // completed ones are mostly the oldest, failed ones the youngest
            pending.remove(last);
        } else if (last <= 0 || !pending.remove(change)) {
            return;
        }
        merging -= change.tx.strategy.merge() == null ? 0 : 1;
    }

    List<Change> pending() {
        return pending;
    }

    void lock() {
        locks++;
    }

    void unlock() {
        locks--;
    }

    boolean locked() {
        return locks > 0;
    }

    /** Rows older than this revision are not taken (MUTATIONS 6), until this moment of the scheduler. */
    void floor(Revision revision, long until) {
        floors = floors.isEmpty() ? new ArrayList<>(1) : floors;
        floors.removeIf(floor -> !floor.revision.isNewerThan(revision));
        floors.add(new Floor(revision, until));
    }

    /** Whether rows of this revision are too old to be taken; forgets the floors that were reached, or are over. */
    boolean refuses(@Nullable Revision revision, long now) {
        if (revision == null || floors.isEmpty()) {
            return false;
        }
        floors.removeIf(floor -> now - floor.until >= 0 || !floor.revision.isNewerThan(revision));
        return !floors.isEmpty();
    }

    private record Floor(Revision revision, long until) {}

    /** Whether there is nothing left to be remembered. */
    boolean idle() {
        return pending.isEmpty() && locks == 0 && floors.isEmpty();
    }

    /** The merge of the newest parallel change that has one; none is used while the key is locked (A19). */
    @Nullable
    Merge<?> merge() {
        if (merging == 0 || locked()) {
            return null;
        }
        for (int i = pending.size() - 1; i >= 0; i--) {
            Merge<?> merge = pending.get(i).tx.strategy.merge();
            if (merge != null) {
                return merge;
            }
        }
        return null;
    }
}
