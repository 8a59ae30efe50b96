package io.statesync;

import org.jspecify.annotations.Nullable;

/**
 * What a transport tells a subscription. Any thread may call, also several at once; no method throws, blocks or takes
 * long (E6). Codecs decode, transports forward, the engine validates: wrong values are handed over as they came.
 */
public interface InvalidationHandler {

    /**
     * A message whose fields have the right types arrived.
     *
     * @param topic as it came: a foreign one is ignored by the engine
     * @param revision as it came, not validated
     * @param sourceId null if absent or of a wrong type
     * @param timestampMs {@link InvalidationEvent#NO_TIMESTAMP} if absent or of a wrong type
     * @param traceparent null if absent or of a wrong type
     */
    void onInvalidation(
            @Nullable String topic,
            @Nullable String revision,
            @Nullable String sourceId,
            long timestampMs,
            @Nullable String traceparent);

    /**
     * A message arrived on this subscription's own channel that is no event: not JSON, a wrong shape, a wrong type.
     *
     * @param payload what came, for the error context
     * @param error why it is no event
     */
    void onMalformed(@Nullable Object payload, Throwable error);

    /** Events may be missing from now on. Repeated calls are harmless. */
    void onConnectionLost(@Nullable Throwable cause);

    /** The subscription is active again; what was missed meanwhile is fetched (EX-20). Repeated calls cost a fetch. */
    void onConnectionRestored();
}
