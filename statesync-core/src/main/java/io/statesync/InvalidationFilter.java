package io.statesync;

/** Decides whether a newer event is worth a fetch, for example to ignore one's own announcements. */
@FunctionalInterface
public interface InvalidationFilter {

    /** Lets every event pass. */
    InvalidationFilter ALL = event -> true;

    /**
     * Whether to fetch for this event, which is well-formed, of this topic and newer than the local revision. Called on the
     * transport's thread; must not block. If it throws, that is reported with {@link SyncPhase#INVALIDATION} and the
     * refresh happens (E7).
     */
    boolean shouldRefresh(InvalidationEvent event);
}
