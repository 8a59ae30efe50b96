package io.statesync.test;

import io.statesync.persistence.InMemorySnapshotStorage;
import io.statesync.persistence.SnapshotStorage;

class InMemoryPersistenceRecordTest extends PersistenceRecordContract {

    @Override
    protected SnapshotStorage storage() {
        return new InMemorySnapshotStorage();
    }
}
