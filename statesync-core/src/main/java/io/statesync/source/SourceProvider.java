package io.statesync.source;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.Revision;
import io.statesync.RevisionReader;
import io.statesync.SnapshotEnvelope;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Labels the truth: reads the revision first and then the data, so that a label may be older than its data (harmless) and
 * is never newer (P6). The data must not come through a cache or a lagging copy.
 */
public final class SourceProvider<T> implements ConditionalSnapshotProvider<T> {

    private final String topic;
    private final RevisionReader revisions;
    private final Callable<? extends @Nullable T> data;

    public SourceProvider(String topic, RevisionReader revisions, Callable<? extends @Nullable T> data) {
        this.topic = topic;
        this.revisions = revisions;
        this.data = data;
    }

    @Override
    public SnapshotEnvelope<T> getSnapshot() throws Exception {
        Revision revision = revision();
        return new SnapshotEnvelope<>(revision, data.call());
    }

    @Override
    public Optional<SnapshotEnvelope<T>> getSnapshotUnless(Revision known) throws Exception {
        Revision revision = revision();
        return revision.equals(known) ? Optional.empty() : Optional.of(new SnapshotEnvelope<>(revision, data.call()));
    }

    private Revision revision() throws Exception {
        return revisions.current(List.of(topic)).getOrDefault(topic, Revision.ZERO);
    }
}
