package io.statesync.memory;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.InvalidationPublisher;
import io.statesync.Revision;
import io.statesync.RevisionReader;
import io.statesync.SnapshotEnvelope;
import io.statesync.Topic;
import io.statesync.source.RevisionCounter;
import io.statesync.source.SourceProvider;
import io.statesync.source.StatePublisher;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A source of truth that is one immutable value in memory. Safe for use by any thread: a change is data first,
 * then the revision, then the announcement (P6).
 */
public final class InMemorySource<T> implements ConditionalSnapshotProvider<T>, RevisionReader {

    private final String topic;
    private final RevisionCounter counter;
    private final StatePublisher publisher;
    private final SourceProvider<T> provider;
    private final AtomicReference<@Nullable T> value;

    /** A source that counts from 1, which is the revision of the initial value. */
    public InMemorySource(String topic, @Nullable T initial, InvalidationPublisher publisher) {
        this(topic, initial, publisher, RevisionCounter.sequential());
    }

    public InMemorySource(String topic, @Nullable T initial, InvalidationPublisher publisher, RevisionCounter counter) {
        this.topic = Topic.requireValid(topic);
        this.counter = counter;
        this.publisher = StatePublisher.of(counter, publisher, "in-memory");
        this.value = new AtomicReference<>(initial);
        this.provider = new SourceProvider<>(topic, counter, value::get);
        counter.next(topic);
    }

    /** The value now. */
    public @Nullable T get() {
        return value.get();
    }

    /** Replaces the value, and announces it on this thread. */
    public Revision set(@Nullable T newValue) {
        return update(old -> newValue);
    }

    /**
     * Changes the value, and announces it on this thread.
     *
     * @param change a pure function: it is applied again if another thread changed the value meanwhile
     */
    public Revision update(UnaryOperator<@Nullable T> change) {
        value.updateAndGet(change);
        return publisher.invalidate(topic).join();
    }

    @Override
    public SnapshotEnvelope<T> getSnapshot() throws Exception {
        return provider.getSnapshot();
    }

    @Override
    public Optional<SnapshotEnvelope<T>> getSnapshotUnless(Revision known) throws Exception {
        return provider.getSnapshotUnless(known);
    }

    @Override
    public Map<String, Revision> current(Collection<String> topics) throws Exception {
        return counter.current(topics);
    }
}
