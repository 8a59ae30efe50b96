package io.statesync.test;

import io.statesync.persistence.InMemorySnapshotStorage;
import io.statesync.persistence.SnapshotStorage;

class InMemoryPersistenceEventTest extends PersistenceEventContract {

    @Override
    protected SnapshotStorage storage() {
        return new InMemorySnapshotStorage();
    }
}
