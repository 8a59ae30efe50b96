package io.statesync.test.mutation;

import io.statesync.mutation.store.TransactionState;
import io.statesync.test.mutation.Item.Edit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A record that the storage has to have.
 *
 * @param kind what happened
 * @param of to whom; of a cascade the one that failed first, and those that went with it
 * @param revisions what the backend said
 * @param edits what it does from now on, of one that took in another
 */
record ModelEntry(String kind, List<ModelTransaction> of, Map<String, Long> revisions, List<Edit> edits) {

    ModelEntry(String kind, List<ModelTransaction> of, Map<String, Long> revisions) {
        this(kind, of, revisions, List.of());
    }

    /** The transactions as these records say. */
    static List<ModelTransaction> replay(List<ModelEntry> log) {
        Map<String, ModelTransaction> known = new LinkedHashMap<>();
        for (ModelEntry entry : log) {
            for (ModelTransaction of : entry.of) {
                entry.happened(known.computeIfAbsent(of.id, id -> of.anew()));
            }
        }
        return List.copyOf(known.values());
    }

    private void happened(ModelTransaction one) {
        one.open = kind.equals("AttemptStarted");
        switch (kind) {
            case "Created" -> {}
            case "Coalesced" -> one.edits = edits;
            case "AttemptStarted" -> one.attempts++;
            case "AttemptFailed" -> one.interruptedInARow = 0;
            case "AttemptInterrupted" -> {
                one.interrupted++;
                one.interruptedInARow++;
            }
            case "AttemptStopped" -> {
                one.interrupted++;
                one.interruptedInARow = 0;
            }
            case "Persisted" -> {
                one.revisions = revisions;
                one.state = TransactionState.PERSISTED_AWAITING_SYNC;
            }
            case "Completed" -> one.state = TransactionState.COMPLETED;
            case "Failed" -> one.state = TransactionState.FAILED;
            default -> throw new IllegalArgumentException(kind);
        }
    }

    @Override
    public String toString() {
        return kind
                + of.stream().map(one -> one.id).toList()
                + (kind.equals("Persisted") ? new TreeMap<>(revisions) : "");
    }
}
