package io.statesync.test;

import io.statesync.Revision;
import io.statesync.SnapshotProvider;
import io.statesync.memory.InMemorySource;
import java.util.Set;

class InMemorySourceContractTest extends SnapshotProviderContract {

    private final InMemorySource<String> source = new InMemorySource<>("greeting", "hello", event -> {});

    @Override
    protected SnapshotProvider<String> provider() {
        return source;
    }

    @Override
    protected Revision change(String data) {
        return source.set(data);
    }

    @Override
    protected Set<ProviderFault> faults() {
        // it is in this process: there is nothing between
        return Set.of();
    }

    @Override
    protected SnapshotProvider<?> facing(ProviderFault fault) {
        throw new UnsupportedOperationException("cannot meet " + fault);
    }
}
