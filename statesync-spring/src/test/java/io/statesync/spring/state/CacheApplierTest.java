package io.statesync.spring.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.state.EntryMapping;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.cache.support.NoOpCache;

/** What a cache is told, call by call. */
class CacheApplierTest {

    private final List<String> calls = new ArrayList<>();
    private boolean broken;
    private long revision;

    private final ConcurrentMapCache cache = new ConcurrentMapCache("prices") {
        @Override
        public void put(Object key, Object value) {
            calls.add("put " + key);
            if (broken && key.equals("bad")) {
                throw new IllegalStateException("no connection");
            }
            super.put(key, value);
        }

        @Override
        public boolean evictIfPresent(Object key) {
            calls.add("evict " + key);
            return super.evictIfPresent(key);
        }

        @Override
        public boolean invalidate() {
            calls.add("clear");
            return super.invalidate();
        }
    };

    @Test
    @DisplayName("AD-16: exactly the keys that changed are evicted")
    void exactlyTheKeysThatChangedAreEvicted() throws Exception {
        CacheApplier<Map<String, Integer>> applier = CacheApplier.evicting(cache);
        apply(applier, Map.of("a", 1, "b", 2));
        assertThat(calls).startsWith("clear").doesNotContain("put a");
        calls.clear();

        apply(applier, Map.of("a", 1, "b", 20, "c", 3));
        assertThat(Set.copyOf(calls)).isEqualTo(Set.of("evict b", "evict c"));
        calls.clear();
        apply(applier, Map.of("c", 3));
        assertThat(Set.copyOf(calls)).isEqualTo(Set.of("evict a", "evict b"));
        calls.clear();
        apply(applier, Map.of("c", 3));
        assertThat(calls).isEmpty();
    }

    @Test
    void ofSomeKeysNothingElseIsEverTouched() throws Exception {
        cache.put("mine", 1);
        cache.put("a", 1);
        calls.clear();
        CacheApplier<Map<String, Integer>> applier = CacheApplier.evicting(
                cache,
                EntryMapping.<Map<String, Integer>, String, Integer>replace().only(List.of("a", "b")));

        apply(applier, Map.of("b", 2, "mine", 9));
        apply(applier, Map.of("b", 2, "mine", 10));

        assertThat(cache.get("mine", Integer.class)).isEqualTo(1);
        assertThat(cache.get("a")).isNull();
        assertThat(calls).containsExactly("evict a", "evict b");
    }

    @Test
    void theFirstSnapshotEmptiesTheCacheAndEachOneWritesAllEntries() throws Exception {
        cache.put("old", 1);
        calls.clear();
        CacheApplier<Map<String, Integer>> applier = CacheApplier.replacing(cache);

        apply(applier, Map.of("a", 1));
        cache.evict("a");
        apply(applier, Map.of("a", 1));

        assertThat(calls).containsExactly("clear", "put a", "put a");
        assertThat(cache.getNativeCache()).isEqualTo(Map.of("a", 1));
    }

    @Test
    void whatAFailedApplyLeftIsRepairedByTheNext() throws Exception {
        CacheApplier<Map<String, Integer>> applier = CacheApplier.replacing(cache);
        apply(applier, Map.of("a", 1, "b", 2));
        broken = true;
        assertThatThrownBy(() -> apply(applier, Map.of("bad", 1, "c", 3))).hasMessage("no connection");
        broken = false;

        apply(applier, Map.of("d", 4));

        assertThat(cache.getNativeCache()).isEqualTo(Map.of("d", 4));
    }

    @Test
    void aCacheThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> CacheApplier.replacing(null)).hasMessageContaining("spring.cache.cache-names");
        assertThatThrownBy(() -> CacheApplier.evicting(null)).hasMessageContaining("spring.cache.cache-names");
    }

    @Test
    void ofAPatchedCacheNothingIsRemembered() throws Exception {
        CacheApplier<Map<Object, Integer>> applier = CacheApplier.replacing(
                new NoOpCache("forgets"), EntryMapping.<Map<Object, Integer>, Object, Integer>patch());
        WeakReference<Object> key = applied(applier);

        await().until(() -> {
            System.gc();
            return key.get() == null;
        });
        Reference.reachabilityFence(applier);
    }

    private static WeakReference<Object> applied(CacheApplier<Map<Object, Integer>> applier) throws Exception {
        Object key = new Object();
        applier.apply(new SnapshotEnvelope<>(new Revision(1), Map.of(key, 1)));
        return new WeakReference<>(key);
    }

    private <T> void apply(SnapshotApplier<T> applier, T data) throws Exception {
        revision++;
        applier.apply(new SnapshotEnvelope<>(new Revision(revision), data));
    }
}
