package io.statesync.test;

import io.statesync.InvalidationHandler;
import org.jspecify.annotations.Nullable;

final class SilentHandler implements InvalidationHandler {

    @Override
    public void onInvalidation(
            @Nullable String topic,
            @Nullable String revision,
            @Nullable String sourceId,
            long timestampMs,
            @Nullable String traceparent) {}

    @Override
    public void onMalformed(@Nullable Object payload, Throwable error) {}

    @Override
    public void onConnectionLost(@Nullable Throwable cause) {}

    @Override
    public void onConnectionRestored() {}
}
