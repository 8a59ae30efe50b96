package io.statesync;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How old a replica's data is, and whether it may still be read; asked at any moment from any thread. The one place of the
 * rule of {@link RevisionSyncBuilder#maxStaleness}: every container obeys it by asking here.
 */
public interface Freshness {

    /** Time since the local revision was last found current at the source; null if it never was. */
    @Nullable
    Duration age();

    /** Whether there is a limit at all; the answer never changes. Without one a read need not ask {@link #require}. */
    boolean limited();

    /**
     * Lets a read pass, or refuses it. Cheap: two clock and field reads, no allocation unless it throws.
     *
     * @throws StaleStateException if the data was not found current for longer than the limit; data that never was found
     *     current (an initial value, a restored or offered copy) has an unknown age and gets the limit once, from the
     *     moment when its sync was built
     */
    void require();

    /**
     * The same for the snapshot that is being applied: it is as fresh as the fetch that brought it, whoever reads it, also
     * before its round has ended. Asked by an applier inside its {@code apply}, and kept with the value; what is still held
     * from before does not become readable by it.
     */
    default Freshness ofThisApply() {
        return this;
    }

    /**
     * Why the round whose snapshot is being applied was run; asked by an applier inside its {@code apply}. Null if nothing is
     * being applied, or nobody knows.
     */
    default @Nullable RefreshCause causeOfThisApply() {
        return null;
    }

    /** Implemented by an applier that tells its readers how old its data is, or why it came; the engine introduces itself when built. */
    interface Aware {

        /** Called before the first snapshot, and again if the applier is given to another sync. */
        void freshness(Freshness freshness);
    }
}
