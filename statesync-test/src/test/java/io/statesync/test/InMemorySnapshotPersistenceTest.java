package io.statesync.test;

import io.statesync.persistence.InMemorySnapshotStorage;
import io.statesync.persistence.SnapshotStorage;

class InMemorySnapshotPersistenceTest extends SnapshotPersistenceContract {

    @Override
    protected SnapshotStorage storage() {
        return new InMemorySnapshotStorage();
    }
}
