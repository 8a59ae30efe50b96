package io.statesync.mutation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is the last active ordered transaction on a row, or on a lane: whoever comes next waits for it, and thereby for all
 * before it (MU-O2). Guarded by the engine's lock.
 */
final class Claims {

    private final Map<Object, Tx> last = new HashMap<>();

    /** Claims the rows of these changes. */
    void claim(Tx tx, List<Change> changes) {
        for (int i = 0; i < changes.size(); i++) {
            claim(tx, changes.get(i).ref);
        }
    }

    void claimLanes(Tx tx) {
        if (!tx.lanes.isEmpty()) {
            tx.lanes.forEach(lane -> claim(tx, new LaneName(lane)));
        }
    }

    private void claim(Tx tx, Object what) {
        Tx before = last.put(what, tx);
        Claim claim = new Claim(what, before);
        if (tx.claims.isEmpty()) {
            tx.claims = List.of(claim);
        } else {
            tx.claims = tx.claims.size() == 1 ? new ArrayList<>(tx.claims) : tx.claims;
            tx.claims.add(claim);
        }
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
        tx.claims = List.of();
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
            List<Claim> renamed = new ArrayList<>(tx.claims);
            for (int i = 0; i < renamed.size(); i++) {
                Claim claim = renamed.get(i);
                if (claim.what.equals(from)) {
                    before = claim.before;
                    renamed.set(i, new Claim(to, before));
                }
            }
            tx.claims = renamed;
            tx = before;
        }
    }

    /** One claim; {@code before} had it before. */
    record Claim(Object what, @Nullable Tx before) {}

    private record LaneName(String name) {}
}
