package io.statesync;

/** Why a round (a fetch, or the apply of an offer) was run. */
public enum RefreshCause {
    /** The first refresh of a start. */
    START,
    /** Somebody called {@link RevisionSync#refresh()} or {@link RevisionSync#reset()}. */
    EXPLICIT,
    /** A newer event, or {@link RevisionSync#announce}. */
    INVALIDATION,
    /** {@link RevisionSync#await(Revision)} for a newer revision. */
    AWAIT,
    /** The connection came back. */
    RECONNECT,
    /** The probe found another revision at the source. */
    PROBE,
    /** A former round failed or brought too old a snapshot. */
    CATCH_UP,
    /** {@link RevisionSync#offer}. */
    OFFER
}
