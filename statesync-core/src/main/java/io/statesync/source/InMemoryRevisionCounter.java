package io.statesync.source;

import io.statesync.Revision;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/** The larger of the successor and a floor; the map's own per-key lock guards each topic. */
final class InMemoryRevisionCounter implements RevisionCounter {

    private final ConcurrentMap<String, Revision> issued = new ConcurrentHashMap<>();
    private final LongSupplier floor;

    InMemoryRevisionCounter(LongSupplier floor) {
        this.floor = floor;
    }

    @Override
    public Revision next(String topic) {
        Revision least = new Revision(floor.getAsLong());
        return issued.merge(topic, least, (previous, unused) -> successor(topic, previous, least));
    }

    private static Revision successor(String topic, Revision previous, Revision least) {
        if (previous.equals(Revision.MAX)) {
            throw new IllegalStateException("topic \"" + topic + "\" has used up its revisions: " + previous
                    + " is the largest one and has no successor");
        }
        Revision next = previous.next();
        return least.isNewerThan(next) ? least : next;
    }

    @Override
    public Map<String, Revision> current(Collection<String> topics) {
        Map<String, Revision> current = new HashMap<>();
        for (String topic : topics) {
            Revision revision = issued.get(topic);
            if (revision != null) {
                current.put(topic, revision);
            }
        }
        return current;
    }
}
