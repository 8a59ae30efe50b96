package io.statesync.mutation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a mutation is made: options of the call over those of the view, and those over the collection's. Immutable. */
record Options(
        @Nullable String fn,
        @Nullable MutationStrategy strategy,
        @Nullable Lane lane,
        @Nullable Coalescing coalescing,
        Map<String, String> metadata) {

    static final Options NONE = new Options(null, null, null, null, Map.of());

    Options with(MutationOption... options) {
        Options all = this;
        for (MutationOption option : options) {
            all = all.with(option);
        }
        return all;
    }

    private Options with(MutationOption option) {
        if (option instanceof MutationOption.Fn chosen) {
            return new Options(chosen.name(), strategy, lane, coalescing, metadata);
        }
        if (option instanceof MutationOption.Strategy chosen) {
            return new Options(fn, chosen.strategy(), lane, coalescing, metadata);
        }
        if (option instanceof MutationOption.OnLane chosen) {
            return new Options(fn, strategy, chosen.lane(), coalescing, metadata);
        }
        if (option instanceof MutationOption.Coalesce chosen) {
            return new Options(fn, strategy, lane, chosen.coalescing(), metadata);
        }
        return new Options(fn, strategy, lane, coalescing, ((MutationOption.Metadata) option).metadata());
    }

    /**
     * The name of the mutation function.
     *
     * @throws MissingMutationFnException if the collection has none of that name
     */
    String fnOf(Rows rows) {
        String name = fn == null ? SyncConfig.DEFAULT_FN : fn;
        if (!rows.config.mutationFns().containsKey(name)) {
            throw new MissingMutationFnException("collection \"" + rows.id + "\" has no mutation function \"" + name
                    + "\", so it cannot be changed with it: give it one by SyncConfig.withMutationFn(..)");
        }
        return name;
    }

    MutationStrategy strategyOf(Rows rows) {
        return strategy == null ? rows.config.strategy() : strategy;
    }

    Lane laneOf(Rows rows) {
        return lane == null ? rows.config.lane() : lane;
    }
}
