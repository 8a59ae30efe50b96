package io.statesync.mutation;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is the last active ordered transaction on a row, or on a lane: whoever comes next waits for it, and thereby for all
 * before it (MU-O2). Guarded by the engine's lock.
 */
final class Claims {

    private final Map<Object, Tx> last = new HashMap<>();

    /** Claims the rows of these changes. */
    void claim(Tx tx, Iterable<Change> changes) {
        for (Change change : changes) {
            claim(tx, change.ref);
        }
    }

    void claimLanes(Tx tx) {
        for (String lane : tx.lanes) {
            claim(tx, new LaneName(lane));
        }
    }

    private void claim(Tx tx, Object what) {
        Tx before = last.put(what, tx);
        tx.claims.add(new Claim(what, before));
        if (before != null) {
            tx.waitFor(before);
        }
    }

    @Nullable
    Tx last(Ref ref) {
        return last.get(ref);
    }

    @Nullable
    Tx lastOnLane(String lane) {
        return last.get(new LaneName(lane));
    }

    /**
     * Gives back all that it claimed: who had it before, and has not given it back, is last again. Of several that go in one
     * step the youngest goes first, so that each finds the one before it.
     */
    void release(Tx tx) {
        for (Claim claim : tx.claims) {
            if (last.get(claim.what) == tx) {
                if (claim.before != null && !claim.before.claims.isEmpty()) {
                    last.put(claim.what, claim.before);
                } else {
                    last.remove(claim.what);
                }
            }
        }
        tx.claims.clear();
    }

    /** The row has another key from now on. Whoever claimed it under that already is not waited for by those who did not. */
    void rename(Ref from, Ref to) {
        Tx newest = last.remove(from);
        if (newest == null) {
            return;
        }
        last.merge(to, newest, (there, moved) -> there.sequence > moved.sequence ? there : moved);
        for (Tx tx = newest; tx != null; ) {
            Tx before = null;
            for (int i = 0; i < tx.claims.size(); i++) {
                Claim claim = tx.claims.get(i);
                if (claim.what.equals(from)) {
                    before = claim.before;
                    tx.claims.set(i, new Claim(to, before));
                }
            }
            tx = before;
        }
    }

    /** One claim; {@code before} had it before. */
    record Claim(Object what, @Nullable Tx before) {}

    private record LaneName(String name) {}
}
