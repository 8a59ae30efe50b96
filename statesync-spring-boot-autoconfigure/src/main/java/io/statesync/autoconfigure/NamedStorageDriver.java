package io.statesync.autoconfigure;

import io.statesync.spring.PersistedStorage;
import io.statesync.spring.SnapshotStorageDriver;
import java.util.function.Function;

/** A storage that is opened by a function. */
record NamedStorageDriver(String name, Function<String, PersistedStorage> opening) implements SnapshotStorageDriver {

    @Override
    public PersistedStorage open(String property) {
        return opening.apply(property);
    }
}
