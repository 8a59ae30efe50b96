package io.statesync.mutation;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What ordered transactions queue on, beside their rows, on which they always do. Stored with the transaction.
 */
@FunctionalInterface
public interface Lane {

    /** Nothing more: transactions on different rows never wait for each other (MU-O5). */
    Lane OBJECT = mutations -> Set.of();

    /** The whole collection: its transactions run one after the other. */
    Lane COLLECTION = mutations ->
            mutations.stream().map(mutation -> mutation.ref().collection()).collect(Collectors.toUnmodifiableSet());

    /** Names of lanes; transactions with a name in common run one after the other. Pure. */
    Set<String> of(List<PendingMutation> mutations);
}
