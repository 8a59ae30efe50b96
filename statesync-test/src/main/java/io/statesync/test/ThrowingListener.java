package io.statesync.test;

import io.statesync.InvalidationOutcome;
import io.statesync.RefreshReport;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import org.jspecify.annotations.Nullable;

/** A listener that fails whatever it is told. */
final class ThrowingListener implements SyncListener {

    @Override
    public void onInvalidation(String topic, long revisionBits, InvalidationOutcome outcome) {
        throw new IllegalStateException("broken listener");
    }

    @Override
    public void onCoalesced(String topic) {
        throw new AssertionError("broken listener");
    }

    @Override
    public void onRefreshEnded(RefreshReport report) {
        throw new IllegalStateException("broken listener");
    }

    @Override
    public void onConnectionLost(String topic, @Nullable Throwable cause) {
        throw new AssertionError("broken listener");
    }

    @Override
    public void onConnectionRestored(String topic) {
        throw new IllegalStateException("broken listener");
    }

    @Override
    public void onError(SyncErrorContext context) {
        throw new AssertionError("broken listener");
    }
}
