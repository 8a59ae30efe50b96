package io.statesync;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What callers have asked for and no round has taken up: at most one fetch and one offer. Guarded by the engine's lock. A
 * topic at rest, of which there may be many, holds no lists of its own.
 */
final class Requests<T> {

    /** Never written: {@link #writable} comes before that. */
    private static final Requests<Object> NONE = new Requests<>();

    private @Nullable RefreshCause fetchCause;
    private List<SyncFuture<Revision>> fetchers = List.of();
    private @Nullable SnapshotEnvelope<T> offered;
    private List<SyncFuture<Revision>> offerers = List.of();

    /** Nothing is asked for: one for all topics. */
    @SuppressWarnings("unchecked") // there is nothing in it
    static <T> Requests<T> none() {
        return (Requests<T>) NONE;
    }

    /** These, or fresh ones of the caller's own. */
    Requests<T> writable() {
        return this == none() ? new Requests<>() : this;
    }

    /** These, or {@link #none} if nothing is left in them. */
    Requests<T> orNone() {
        return fetchCause == null && offered == null ? none() : this;
    }

    /** Asks for the next fetch; whether somebody had asked for it already. */
    boolean fetch(RefreshCause cause, SyncFuture<Revision> caller) {
        boolean joined = fetchCause != null;
        fetchCause = joined ? fetchCause : cause;
        fetchers = with(fetchers, caller);
        return joined;
    }

    @Nullable
    RefreshCause fetchCause() {
        return fetchCause;
    }

    List<SyncFuture<Revision>> takeFetchers() {
        if (fetchCause == null) {
            return List.of();
        }
        List<SyncFuture<Revision>> taken = fetchers;
        fetchers = List.of();
        fetchCause = null;
        return taken;
    }

    /** Nobody but this caller, and he not any more. */
    void withdraw(SyncFuture<Revision> caller) {
        if (fetchers.contains(caller) && fetchers.remove(caller) && fetchers.isEmpty()) {
            fetchCause = null;
        }
    }

    /** Offers a snapshot; the newest one is kept. */
    void offer(SnapshotEnvelope<T> envelope, SyncFuture<Revision> caller) {
        if (offered == null || envelope.revision().isNewerThan(offered.revision())) {
            offered = envelope;
        }
        offerers = with(offerers, caller);
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
        if (offered == null) {
            return List.of();
        }
        List<SyncFuture<Revision>> taken = offerers;
        offerers = List.of();
        offered = null;
        return taken;
    }

    private static List<SyncFuture<Revision>> with(List<SyncFuture<Revision>> known, SyncFuture<Revision> caller) {
        List<SyncFuture<Revision>> all = known.isEmpty() ? new ArrayList<>(2) : known;
        all.add(caller);
        return all;
    }
}
