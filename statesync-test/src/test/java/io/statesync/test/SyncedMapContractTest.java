package io.statesync.test;

import io.statesync.SnapshotApplier;
import io.statesync.state.EntryMapping;
import io.statesync.state.SyncedMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

class SyncedMapContractTest extends AtomicStateAdapterContract {

    private SyncedMap<String, Object> map = SyncedMap.create();

    @Override
    protected SnapshotApplier<Object> adapter(
            Map<String, Object> elsewhere, EntryMapping<Object, String, Object> mapping) {
        map = SyncedMap.withInitial(elsewhere);
        return map.feed(mapping);
    }

    @Override
    protected Function<String, @Nullable Object> reader() {
        return map.map()::get;
    }

    @Override
    protected Map<String, Object> everything() {
        return map.snapshot().value();
    }

    @Override
    protected void onChange(Consumer<Set<String>> keys) {
        map.onChange(change -> keys.accept(change.keys()), Runnable::run);
    }
}
