package io.statesync;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How old a replica's data is, asked at any moment from any thread. */
@FunctionalInterface
public interface Freshness {

    /** Time since the local revision was last found current at the source; null if it never was. */
    @Nullable
    Duration age();

    /** Implemented by an applier that tells its readers how old its data is; the engine introduces itself when built. */
    interface Aware {

        /** Called once, before the first snapshot. */
        void freshness(Freshness freshness);
    }
}
