package io.statesync.test;

import io.statesync.Revision;
import io.statesync.source.RevisionCounter;
import java.time.Instant;

class InMemoryCounterSourceTest extends SourceContract {

    @Override
    protected RevisionCounter counterBefore(Revision revision) {
        return RevisionCounter.hybrid(() -> Instant.ofEpochMilli(revision.bits() >>> 20));
    }

    @Override
    protected RevisionCounter freshCounter() {
        return RevisionCounter.sequential();
    }
}
