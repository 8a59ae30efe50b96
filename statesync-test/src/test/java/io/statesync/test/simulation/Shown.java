package io.statesync.test.simulation;

import io.statesync.mutation.SyncedCollection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a collection has shown: no row goes back to what was at the source before. */
final class Shown {

    /** A floor lasts 30 s; after that a snapshot from before a write may hide it, and that is said. */
    private static final long FLOOR = 29_000_000_000L;

    private final World world;
    private final Writes writes;
    private final Map<String, Row> last = new HashMap<>();
    private final Map<String, Sight> newest = new HashMap<>();
    private @Nullable Map<String, Row> looked;

    Shown(World world, Writes writes) {
        this.world = world;
        this.writes = writes;
    }

    void forget() {
        last.clear();
        newest.clear();
        looked = null;
    }

    void check(SyncedCollection<String, Row> rows) {
        if (rows.data() == looked || world.truth.wentBack()) {
            return;
        }
        looked = rows.data();
        for (String key : Writes.KEYS) {
            Row row = looked.get(key);
            if (row != null && !row.equals(last.put(key, row))) {
                check(key, row, ahead(world, rows));
            }
        }
    }

    /* How many changes were in the snapshot below, if those are more than its revision says; else none. */
    private static int ahead(World world, SyncedCollection<String, Row> rows) {
        Row count = rows.data().get(Row.COUNT);
        int changes = count == null ? 0 : (int) count.token();
        return world.truth.isAhead(rows.revision(), changes) ? changes : 0;
    }

    private void check(String key, Row row, int ahead) {
        Integer change = world.truth.changeOf(row.token());
        if (change == null) {
            return;
        }
        List<String> pending = writes.pendingAt(key);
        Sight before = newest.get(key);
        if (before != null && change < before.change) {
            // what is pending is shown over what is newer, until it is settled; what failed is taken back; a sibling's
            // record
            // of a later revision may be older than data that were newer than their own
            boolean over = !pending.isEmpty()
                    || before.ahead
                    || world.clock.now() - before.at > FLOOR
                    || before.pending.stream().anyMatch(writes::tookBack);
            world.check(over, () -> "row " + key + " goes back from change " + before.change + " to " + change);
        }
        if (before == null || change >= before.change || pending.isEmpty()) {
            newest.put(key, new Sight(change, world.clock.now(), pending, change <= ahead));
        }
    }

    private record Sight(int change, long at, List<String> pending, boolean ahead) {}
}
