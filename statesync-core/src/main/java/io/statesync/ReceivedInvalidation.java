package io.statesync;

import org.jspecify.annotations.Nullable;

/** An event as it came, before anybody validated it: the {@link SyncErrorContext#sourceEvent()} of a bad one. */
public record ReceivedInvalidation(
        @Nullable String topic,
        @Nullable String revision,
        @Nullable String sourceId,
        long timestampMs,
        @Nullable String traceparent) {}
