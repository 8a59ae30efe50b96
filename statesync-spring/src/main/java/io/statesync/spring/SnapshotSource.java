package io.statesync.spring;

import io.statesync.RevisionReader;
import io.statesync.SnapshotProvider;
import java.lang.reflect.Type;

/** A source of truth as its replicas read it. Closed with the application context if it is {@link AutoCloseable}. */
public interface SnapshotSource extends RevisionReader {

    /** The provider of a topic whose data has this type. */
    SnapshotProvider<?> provider(String topic, Type type);
}
