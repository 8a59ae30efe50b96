package io.statesync.test;

import io.statesync.SyncPhase;

/** What a provider may meet instead of a snapshot (SP-03). */
public enum ProviderFault {
    UNKNOWN_TOPIC(SyncPhase.GET_SNAPSHOT),
    UNAUTHORIZED(SyncPhase.GET_SNAPSHOT),
    FORBIDDEN(SyncPhase.GET_SNAPSHOT),
    SERVER_ERROR(SyncPhase.GET_SNAPSHOT),
    TIMEOUT(SyncPhase.GET_SNAPSHOT),
    CONNECTION_REFUSED(SyncPhase.GET_SNAPSHOT),
    BODY_CUT_SHORT(SyncPhase.GET_SNAPSHOT),
    BODY_OVER_THE_LIMIT(SyncPhase.GET_SNAPSHOT),
    WRONG_CONTENT_TYPE(SyncPhase.PROTOCOL),
    WRONG_JSON(SyncPhase.PROTOCOL),
    WRONG_TYPE(SyncPhase.PROTOCOL);

    private final SyncPhase phase;

    ProviderFault(SyncPhase phase) {
        this.phase = phase;
    }

    /** With which phase the engine reports it. */
    public SyncPhase phase() {
        return phase;
    }
}
