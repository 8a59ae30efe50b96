package io.statesync.spring.state;

import io.statesync.SnapshotApplier;
import io.statesync.state.EntryMapping;
import io.statesync.test.StateAdapterContract;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.concurrent.ConcurrentMapCache;

class ConcurrentMapCacheTest extends StateAdapterContract {

    private final Cache cache = new ConcurrentMapCache("prices");

    @Override
    protected SnapshotApplier<Object> adapter(
            Map<String, Object> elsewhere, EntryMapping<Object, String, Object> mapping) {
        cache.clear();
        elsewhere.forEach(cache::put);
        return CacheApplier.replacing(cache, mapping);
    }

    @Override
    protected Function<String, @Nullable Object> reader() {
        return key -> cache.get(key, Object.class);
    }
}
