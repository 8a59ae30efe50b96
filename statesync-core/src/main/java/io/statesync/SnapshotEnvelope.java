package io.statesync;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The state of a topic at a revision: the only source of data (protocol P3, P4).
 *
 * @param revision never newer than the data (P6)
 * @param data the whole state; null is a value, and the applier decides what it means
 */
public record SnapshotEnvelope<T>(
        Revision revision, @Nullable T data) {

    public SnapshotEnvelope {
        Objects.requireNonNull(revision, "a snapshot envelope needs a revision");
    }

    /** The same revision with other data. */
    public <R> SnapshotEnvelope<R> map(Function<? super @Nullable T, ? extends @Nullable R> mapping) {
        return new SnapshotEnvelope<>(revision, mapping.apply(data));
    }
}
