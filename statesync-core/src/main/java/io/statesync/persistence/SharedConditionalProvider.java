package io.statesync.persistence;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import java.util.Optional;

/** A conditional provider whose fetches are shared by siblings. */
record SharedConditionalProvider<T>(ConditionalSnapshotProvider<T> provider, SharedFetch<T> shared)
        implements ConditionalSnapshotProvider<T> {

    @Override
    public SnapshotEnvelope<T> getSnapshot() throws Exception {
        return shared.fetchAnew(() -> Optional.of(provider.getSnapshot())).orElseThrow();
    }

    @Override
    public Optional<SnapshotEnvelope<T>> getSnapshotUnless(Revision known) throws Exception {
        return shared.fetch(known, () -> provider.getSnapshotUnless(known));
    }
}
