package io.statesync.test.simulation;

import io.statesync.Revision;
import io.statesync.source.RevisionCounter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is true at the source, and all that ever was: the oracle of what a replica may show under which revision. */
final class Truth {

    private static final int SEVERAL_TIMES = -1;

    private final List<Map<String, Row>> states = new ArrayList<>();
    /** How many changes there were when a revision was issued; revisions of a simulation fit into a long. */
    private final TreeMap<Long, Integer> issued = new TreeMap<>();

    private final Map<Long, Integer> written = new HashMap<>();
    private final Set<List<Long>> served = new HashSet<>();
    private boolean wentBack;
    private boolean repeated;

    Truth() {
        states.add(Map.of(Row.COUNT, new Row(Row.COUNT, 0)));
    }

    Map<String, Row> rows() {
        return states.get(states.size() - 1);
    }

    int changes() {
        return states.size() - 1;
    }

    void change(Consumer<Map<String, Row>> edit) {
        Map<String, Row> next = new LinkedHashMap<>(rows());
        edit.accept(next);
        next.put(Row.COUNT, new Row(Row.COUNT, states.size()));
        next.values().stream()
                .filter(row -> !row.key().equals(Row.COUNT) && !row.equals(rows().get(row.key())))
                .forEach(row -> written.merge(row.token(), states.size(), (first, again) -> SEVERAL_TIMES));
        states.add(Map.copyOf(next));
    }

    /** With which change a token was written; null if it was not, or came again with a backup. */
    @Nullable
    Integer changeOf(long token) {
        Integer change = written.get(token);
        return change == null || change == SEVERAL_TIMES ? null : change;
    }

    /** Whether a change is newer than the revision that it was shown as: the source changed while it was read (P6). */
    boolean isAhead(@Nullable Revision revision, int change) {
        Map.Entry<Long, Integer> next = revision == null ? null : issued.higherEntry(revision.bits());
        return next != null && next.getValue() <= change;
    }

    /** The data of that long ago come back, as from a backup. */
    void restoreBackup(int changesAgo) {
        Map<String, Row> old = states.get(Math.max(0, changes() - changesAgo));
        change(rows -> {
            rows.clear();
            rows.putAll(old);
        });
    }

    /** The same counter, of which is known here what it issues. */
    RevisionCounter watched(RevisionCounter counter) {
        return new RevisionCounter() {
            @Override
            public Revision next(String topic) {
                Revision revision = counter.next(topic);
                wentBack |= !issued.isEmpty() && revision.bits() <= issued.lastKey();
                repeated |= issued.put(revision.bits(), changes()) != null;
                return revision;
            }

            @Override
            public Map<String, Revision> current(Collection<String> topics) throws Exception {
                return counter.current(topics);
            }
        };
    }

    /** Whether a source that lost its memory issued a revision that was issued before, or an older one. */
    boolean wentBack() {
        return wentBack;
    }

    /** Whether it issued one twice: nobody can tell the two states apart. */
    boolean repeated() {
        return repeated;
    }

    List<Long> revisions() {
        return List.copyOf(issued.keySet());
    }

    /** The source answered somebody with these rows at this revision. */
    void serve(Revision revision, Map<String, Row> rows) {
        served.add(List.of(revision.bits(), rows.get(Row.COUNT).token()));
    }

    /** Fails unless these rows are one state of the source, and one that was served as the revision (P6). */
    void check(String who, Revision revision, Map<String, Row> rows) {
        Row count = rows.get(Row.COUNT);
        int change = count == null ? -1 : (int) count.token();
        if (change < 0 || change >= states.size() || !states.get(change).equals(rows)) {
            throw new AssertionError(who + " shows a mixed state at " + revision + ": " + rows);
        }
        if (wentBack || revision.equals(Revision.ZERO)) {
            return;
        }
        Integer least = issued.get(revision.bits());
        if (least == null) {
            throw new AssertionError(who + " shows revision " + revision + ", which was never issued");
        }
        if (change < least || !served.contains(List.of(revision.bits(), (long) change))) {
            throw new AssertionError(
                    who + " shows change " + change + " as revision " + revision + ", which has those from " + least);
        }
    }
}
