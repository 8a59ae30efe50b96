package io.statesync.mutation.store;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which transactions of the history are meant. Immutable; each part narrows.
 *
 * @param states only these; all if empty
 * @param collection only those with a mutation of this collection
 * @param key only those with a mutation of this key, as the codec writes it
 * @param updatedBefore only those that were last changed before
 * @param limit at most so many, the newest by sequence; 0: all
 */
public record Query(
        Set<TransactionState> states,
        @Nullable String collection,
        @Nullable String key,
        @Nullable Instant updatedBefore,
        int limit) {

    /** All of them. */
    public static final Query ALL = new Query(Set.of(), null, null, null, 0);

    public Query {
        states = Set.copyOf(states);
        if (limit < 0) {
            throw new IllegalArgumentException("the limit of a query must not be negative, got " + limit);
        }
    }

    /** Those in one of these states. */
    public Query inState(TransactionState first, TransactionState... others) {
        return new Query(EnumSet.of(first, others), collection, key, updatedBefore, limit);
    }

    /** Those that touch this collection. */
    public Query ofCollection(String id) {
        return new Query(states, id, key, updatedBefore, limit);
    }

    /** Those that touch this key. */
    public Query ofKey(String text) {
        return new Query(states, collection, text, updatedBefore, limit);
    }

    /** Those that were last changed before this moment. */
    public Query before(Instant moment) {
        return new Query(states, collection, key, moment, limit);
    }

    /** The newest of them. */
    public Query newest(int count) {
        return new Query(states, collection, key, updatedBefore, count);
    }

    /** Whether the transaction is meant; says nothing of the limit. */
    public boolean matches(StoredTransaction transaction) {
        return (states.isEmpty() || states.contains(transaction.state()))
                && (updatedBefore == null || transaction.updatedAt().isBefore(updatedBefore))
                && (collection == null && key == null
                        || transaction.mutations().stream().anyMatch(this::matches));
    }

    private boolean matches(StoredMutation mutation) {
        return (collection == null || collection.equals(mutation.collection()))
                && (key == null || key.equals(mutation.key()));
    }
}
