package io.statesync.mutation;

import java.util.Map;

/** How mutations of a collection are to be made, where it is not as the collection says. */
public sealed interface MutationOption {

    /** By the mutation function that is registered under this name. */
    static MutationOption fn(String name) {
        return new Fn(name);
    }

    /** With another strategy. */
    static MutationOption strategy(MutationStrategy strategy) {
        return new Strategy(strategy);
    }

    /** On another lane. */
    static MutationOption lane(Lane lane) {
        return new OnLane(lane);
    }

    /** With this metadata, which is kept and handed to the mutation function (MU-M11). */
    static MutationOption metadata(Map<String, String> metadata) {
        return new Metadata(Map.copyOf(metadata));
    }

    /** See {@link #fn}. */
    record Fn(String name) implements MutationOption {}

    /** See {@link #strategy}. */
    record Strategy(MutationStrategy strategy) implements MutationOption {}

    /** See {@link #lane}. */
    record OnLane(Lane lane) implements MutationOption {}

    /** See {@link #metadata}. */
    record Metadata(Map<String, String> metadata) implements MutationOption {}
}
