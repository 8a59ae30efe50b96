package io.statesync.spring;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.source.RevisionCounter;
import io.statesync.source.SourceProvider;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source method, ready to be read: labelled by the counter, or by itself. */
final class SourceMethod implements ConditionalSnapshotProvider<Object> {

    private final SourceDeclaration declaration;
    private final BoundMethod method;
    private final SourceProvider<Object> counted;

    SourceMethod(SourceDeclaration declaration, Object bean, RevisionCounter counter) {
        this.declaration = declaration;
        this.method = BoundMethod.bind(bean, declaration.method(), TopicSource.class);
        this.counted = new SourceProvider<>(declaration.topic(), counter, method::invoke);
    }

    /** Whether it knows its own revision. */
    boolean labelled() {
        return declaration.labelled();
    }

    @Override
    public SnapshotEnvelope<Object> getSnapshot() throws Exception {
        return labelled() ? envelope() : counted.getSnapshot();
    }

    @Override
    public Optional<SnapshotEnvelope<Object>> getSnapshotUnless(Revision known) throws Exception {
        if (!labelled()) {
            return counted.getSnapshotUnless(known);
        }
        SnapshotEnvelope<Object> envelope = envelope();
        return envelope.revision().equals(known) ? Optional.empty() : Optional.of(envelope);
    }

    @SuppressWarnings("unchecked") // the declared return type was checked when the annotation was found
    private SnapshotEnvelope<Object> envelope() throws Exception {
        @Nullable Object returned = method.invoke();
        if (returned == null) {
            throw new IllegalStateException(declaration.description()
                    + " returned null instead of the snapshot of topic \"" + declaration.topic() + "\"");
        }
        return (SnapshotEnvelope<Object>) returned;
    }
}
