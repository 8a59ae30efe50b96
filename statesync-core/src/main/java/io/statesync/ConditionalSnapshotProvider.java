package io.statesync;

import io.statesync.policy.RetryPolicy;
import java.util.Optional;

/** A provider that can say "not modified" instead of sending the same snapshot again. */
public interface ConditionalSnapshotProvider<T> extends SnapshotProvider<T> {

    /**
     * Reads the truth unless the source is at exactly {@code known}.
     *
     * @param known the revision that the engine has <em>applied</em>
     * @return empty only if the source is at exactly {@code known}: a source that is older is reported by returning its
     *     snapshot
     * @throws Exception as {@link #getSnapshot()}
     */
    Optional<SnapshotEnvelope<T>> getSnapshotUnless(Revision known) throws Exception;

    @Override
    default ConditionalSnapshotProvider<T> withRetry(RetryPolicy policy, SyncListener listener) {
        return RetryingProvider.around(this, policy, listener);
    }
}
