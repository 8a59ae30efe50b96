package io.statesync.mutation;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The latest terminal transactions, with the errors as they were thrown; the storage has all of them. Safe for use by any thread. */
final class History {

    private final int most;
    private final Map<String, MutationTransaction> byId = new ConcurrentHashMap<>();
    private final Queue<String> order = new ConcurrentLinkedQueue<>();

    History(int most) {
        this.most = most;
    }

    /** Called by one thread at a time, under the engine's lock. */
    void add(MutationTransaction transaction) {
        byId.put(transaction.id(), transaction);
        order.add(transaction.id());
        // those that were pruned stand in the order still, and are the oldest soon
        if (byId.size() > most) {
            String oldest = order.poll();
            if (oldest != null) {
                byId.remove(oldest);
            }
        }
    }

    @Nullable
    MutationTransaction find(String id) {
        return byId.get(id);
    }

    int size() {
        return byId.size();
    }

    void forget(String id) {
        byId.remove(id);
    }
}
