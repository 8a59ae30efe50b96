package io.statesync.spring.mutation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of processes that edit and are killed, and what is wrong with it. Edits have serials in the order of their
 * creation. Used by one thread at a time.
 */
final class SendingEvidence {

    /** What arrived at the backend, in order. */
    sealed interface Arrival {
        String key();
    }

    /** A transaction was sent. */
    record Call(String key, long serial, List<String> skus) implements Arrival {}

    /** A process was told that a transaction failed. */
    record Reported(String key) implements Arrival {}

    /** A row that the backend wrote, in the order in which it did. */
    record Written(String key, long serial, String sku) {}

    /**
     * How a transaction ended.
     *
     * @param root the key of the transaction whose failure it shares, because it waited for it; null if there is none
     */
    record End(
            long serial,
            List<String> skus,
            boolean completed,
            @Nullable String root) {}

    final Map<Long, String> acknowledged = new TreeMap<>();
    final List<Arrival> arrivals = new ArrayList<>();
    final List<Written> written = new ArrayList<>();
    final Map<String, End> ends = new HashMap<>();

    private final List<String> complaints = new ArrayList<>();

    /** Everything that must not be. */
    List<String> complaints() {
        complaints.clear();
        acknowledgedIsSent();
        nothingIsSentThatIsNotDurable();
        orderPerRowHolds();
        nothingIsSentAfterItsFailureWasReported();
        duplicatesHaveEqualKeysAndAreWrittenOnce();
        return List.copyOf(complaints);
    }

    List<Call> calls() {
        return arrivals.stream()
                .filter(Call.class::isInstance)
                .map(Call.class::cast)
                .toList();
    }

    private void acknowledgedIsSent() {
        Set<String> sent = new HashSet<>();
        calls().forEach(call -> sent.add(call.key()));
        acknowledged.forEach((serial, key) -> {
            End end = ends.get(key);
            if (end == null || end.serial() != serial) {
                complaints.add("edit " + serial + " was acknowledged as durable, and is lost");
            } else if (!sent.contains(key) && !failedWith(end.root(), end, sent)) {
                complaints.add("edit " + serial + " was acknowledged as durable, and never sent");
            }
        });
        Map<String, List<String>> byKey = writtenByKey();
        ends.forEach((key, end) -> {
            List<String> skus = byKey.getOrDefault(key, List.of());
            if (end.completed() && !Set.copyOf(skus).equals(Set.copyOf(end.skus()))) {
                complaints.add(
                        "edit " + end.serial() + " is completed, and of " + end.skus() + " were written " + skus);
            }
        });
    }

    /** Whether it was not worth sending: the other one was sent, and failed for a reason of its own. */
    private boolean failedWith(@Nullable String root, End end, Set<String> sent) {
        End other = ends.get(root);
        return other != null && !end.completed() && !other.completed() && other.root() == null && sent.contains(root);
    }

    private void nothingIsSentThatIsNotDurable() {
        calls().stream()
                .filter(call -> !ends.containsKey(call.key()))
                .forEach(call -> complaints.add(call + " was sent, and is not in the storage"));
    }

    private void orderPerRowHolds() {
        Map<String, Long> newest = new HashMap<>();
        calls().forEach(call -> call.skus().forEach(sku -> inOrder("was sent", sku, call.serial(), newest)));
        Map<String, Long> newestWritten = new HashMap<>();
        written.forEach(it -> inOrder("was written", it.sku(), it.serial(), newestWritten));
    }

    private void inOrder(String what, String sku, long serial, Map<String, Long> newest) {
        long before = newest.merge(sku, serial, Math::max);
        if (before > serial) {
            complaints.add("edit " + serial + " of " + sku + " " + what + " after edit " + before);
        }
    }

    private void nothingIsSentAfterItsFailureWasReported() {
        Set<String> failed = new HashSet<>();
        for (Arrival arrival : arrivals) {
            if (arrival instanceof Reported reported) {
                failed.add(reported.key());
            } else if (failed.contains(arrival.key())) {
                complaints.add(arrival + " came after its failure was reported");
            }
        }
        failed.forEach(key -> {
            if (ends.containsKey(key) && ends.get(key).completed()) {
                complaints.add("the failure of " + key + " was reported, and it is completed");
            }
        });
    }

    private void duplicatesHaveEqualKeysAndAreWrittenOnce() {
        Map<Long, String> keys = new HashMap<>();
        Map<String, Long> serials = new HashMap<>();
        for (Call call : calls()) {
            if (!call.key().equals(keys.computeIfAbsent(call.serial(), it -> call.key()))) {
                complaints.add("edit " + call.serial() + " was sent with two keys");
            }
            if (call.serial() != serials.computeIfAbsent(call.key(), it -> call.serial())) {
                complaints.add("key " + call.key() + " was sent with two edits");
            }
        }
        writtenByKey().forEach((key, skus) -> {
            if (new HashSet<>(skus).size() != skus.size()) {
                complaints.add("key " + key + " was written twice: " + skus);
            }
        });
    }

    private Map<String, List<String>> writtenByKey() {
        Map<String, List<String>> all = new HashMap<>();
        written.forEach(
                it -> all.computeIfAbsent(it.key(), key -> new ArrayList<>()).add(it.sku()));
        return all;
    }
}
