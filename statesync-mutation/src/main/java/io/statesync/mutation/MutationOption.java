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

    /** As {@link #coalesceQueued(Coalescing)}, of exactly the same rows. */
    static MutationOption coalesceQueued() {
        return coalesceQueued(Coalescing.SAME_ROWS);
    }

    /**
     * Into the newest transaction of its rows, if that waits behind another one and was made with such an option, too: one
     * call of the mutation function for both, with the later values. The handle is that of the queued one then. A parallel
     * one, one of a former life of the process, other metadata, another mutation function or lane, and a deletion that
     * comes first, or takes back an insertion, stay on their own.
     */
    static MutationOption coalesceQueued(Coalescing coalescing) {
        return new Coalesce(coalescing);
    }

    /** See {@link #fn}. */
    record Fn(String name) implements MutationOption {}

    /** See {@link #strategy}. */
    record Strategy(MutationStrategy strategy) implements MutationOption {}

    /** See {@link #lane}. */
    record OnLane(Lane lane) implements MutationOption {}

    /** See {@link #coalesceQueued}. */
    record Coalesce(Coalescing coalescing) implements MutationOption {}

    /** See {@link #metadata}. */
    record Metadata(Map<String, String> metadata) implements MutationOption {}
}
