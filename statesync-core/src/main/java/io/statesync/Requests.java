package io.statesync;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What callers have asked for and no round has taken up: at most one fetch and one offer. Guarded by the engine's lock. */
final class Requests<T> {

    private @Nullable RefreshCause fetchCause;
    private List<SyncFuture<Revision>> fetchers = new ArrayList<>();
    private @Nullable SnapshotEnvelope<T> offered;
    private List<SyncFuture<Revision>> offerers = new ArrayList<>();

    /** Asks for the next fetch; whether somebody had asked for it already. */
    boolean fetch(RefreshCause cause, SyncFuture<Revision> caller) {
        boolean joined = fetchCause != null;
        fetchCause = joined ? fetchCause : cause;
        fetchers.add(caller);
        return joined;
    }

    @Nullable
    RefreshCause fetchCause() {
        return fetchCause;
    }

    List<SyncFuture<Revision>> takeFetchers() {
        List<SyncFuture<Revision>> taken = fetchers;
        fetchers = new ArrayList<>();
        fetchCause = null;
        return taken;
    }

    /** Nobody but this caller, and he not any more. */
    void withdraw(SyncFuture<Revision> caller) {
        if (fetchers.remove(caller) && fetchers.isEmpty()) {
            fetchCause = null;
        }
    }

    /** Offers a snapshot; the newest one is kept. */
    void offer(SnapshotEnvelope<T> envelope, SyncFuture<Revision> caller) {
        if (offered == null || envelope.revision().isNewerThan(offered.revision())) {
            offered = envelope;
        }
        offerers.add(caller);
    }

    @Nullable
    SnapshotEnvelope<T> offered() {
        return offered;
    }

    /** Whether a waiting offer is at least as new. */
    boolean overtake(Revision revision) {
        return offered != null && !revision.isNewerThan(offered.revision());
    }

    List<SyncFuture<Revision>> takeOfferers() {
        List<SyncFuture<Revision>> taken = offerers;
        offerers = new ArrayList<>();
        offered = null;
        return taken;
    }
}
