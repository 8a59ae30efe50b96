package io.statesync.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Freshness;
import io.statesync.RefreshCause;
import io.statesync.Revision;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a {@link SyncedMap} has beyond the contract of the test kit. */
class SyncedMapTest {

    private final SyncedMap<String, Integer> map = SyncedMap.create();

    @Test
    void readingBeforeTheFirstSnapshotThrowsAndTheViewCanBeHandedOut() {
        Map<String, Integer> view = map.map();

        assertThat(map.hasValue()).isFalse();
        assertThat(view.toString()).isEqualTo("null");
        assertThatIllegalStateException().isThrownBy(() -> map.get("a")).withMessageContaining("SyncedMap.withInitial");
        assertThatIllegalStateException().isThrownBy(map::snapshot);
        assertThatIllegalStateException().isThrownBy(view::size);
        assertThatIllegalStateException().isThrownBy(() -> view.keySet().iterator());

        apply(1, Map.of("a", 1));
        assertThat(map.hasValue()).isTrue();
        assertThat(view).isEqualTo(Map.of("a", 1)).hasToString("{a=1}");
    }

    @Test
    void whatIsSkippedAtFirstMakesNoEmptyMap() {
        SnapshotApplier<Object> feed = map.feed(EntryMapping.<Object, String, Integer>replace()
                .map(data -> data instanceof Map<?, ?> ? Map.of("a", 1) : null)
                .lenient());
        List<Map<String, Integer>> heard = new ArrayList<>();
        map.onChange(change -> heard.add(change.after()), Runnable::run);

        feedWith(feed, 1, "a text");
        assertThat(map.hasValue()).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> map.get("a"));
        feedWith(feed, 2, Map.of());
        feedWith(feed, 3, "a text");
        assertThat(map.map()).isEqualTo(Map.of("a", 1));
        assertThat(heard).containsExactly(Map.of("a", 1));
    }

    private static void feedWith(SnapshotApplier<Object> feed, long revision, Object data) {
        try {
            feed.apply(new SnapshotEnvelope<>(new Revision(revision), data));
        } catch (Exception refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Test
    void allOfTheViewIsLiveAndNoneOfItCanBeWritten() {
        Map<String, Integer> view = map.map();
        Set<String> keys = view.keySet();
        Collection<Integer> values = view.values();
        Set<Map.Entry<String, Integer>> entries = view.entrySet();
        apply(1, Map.of("a", 1));
        apply(2, ordered("z", 26, "b", 2, "m", 13));

        assertThat(keys).containsExactly("z", "b", "m").isEqualTo(Set.of("b", "m", "z"));
        assertThat(keys.hashCode()).isEqualTo(Set.of("b", "m", "z").hashCode());
        assertThat(values).containsExactly(26, 2, 13).hasToString("[26, 2, 13]");
        assertThat(entries.stream().map(Map.Entry::getKey)).containsExactly("z", "b", "m");
        assertThat(values.toArray(new Integer[0])).containsExactly(26, 2, 13);
        assertThat(values.toArray()).hasSize(3);
        assertThat(keys.containsAll(List.of("z", "b"))).isTrue();
        assertThat(keys.contains("a")).isFalse();
        assertThat(keys.isEmpty()).isFalse();
        assertThat(view.containsKey("m")).isTrue();
        assertThat(view.containsValue(1)).isFalse();
        assertThat(view.getOrDefault("a", -1)).isEqualTo(-1);
        assertThat(view.isEmpty()).isFalse();
        assertThat(view.hashCode()).isEqualTo(Map.of("z", 26, "b", 2, "m", 13).hashCode());
        List<String> seen = new ArrayList<>();
        view.forEach((key, value) -> seen.add(key + value));
        keys.forEach(seen::add);
        assertThat(seen).containsExactly("z26", "b2", "m13", "z", "b", "m");
        assertThatThrownBy(() -> view.put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> keys.remove("z")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(values::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> entries.iterator().next().setValue(3))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anIterationSeesOneGeneration() {
        apply(1, ordered("a", 1, "b", 1));
        Iterator<Map.Entry<String, Integer>> iterator = map.map().entrySet().iterator();
        assertThat(iterator.next().getValue()).isEqualTo(1);
        apply(2, ordered("a", 2, "b", 2));
        assertThat(iterator.next().getValue()).isEqualTo(1);
    }

    @Test
    void whatTheSourceDoesWithItsMapAfterwardsIsNotSeen() {
        Map<String, Integer> data = new LinkedHashMap<>(Map.of("a", 1));
        apply(1, data);
        data.put("b", 2);
        assertThat(map.map()).isEqualTo(Map.of("a", 1));
    }

    @Test
    void aChangeHasBothStatesTheKeysTheRevisionAndTheCause() {
        List<MapChange<String, Integer>> changes = new ArrayList<>();
        map.freshness(new Known());
        map.onChange(changes::add, Runnable::run);

        apply(3, ordered("a", 1, "b", 2));
        apply(5, ordered("b", 3, "c", 4));

        assertThat(changes.get(0).before()).isEmpty();
        assertThat(changes.get(0).added()).containsExactly("a", "b");
        assertThat(changes.get(1))
                .isEqualTo(new MapChange<>(
                        Map.of("a", 1, "b", 2),
                        Map.of("b", 3, "c", 4),
                        Set.of("c"),
                        Set.of("b"),
                        Set.of("a"),
                        new Revision(5),
                        RefreshCause.PROBE));
    }

    @Test
    void withALimitEachReadAsksWhetherItMayAndASnapshotDoesNot() {
        Known limit = new Known();
        map.freshness(limit);
        apply(1, Map.of("a", 1));
        Map<String, Integer> view = map.map();
        assertThat(view.get("a")).isEqualTo(1);

        limit.passed = true;

        assertThatThrownBy(() -> map.get("a")).hasMessage("too old");
        assertThatThrownBy(() -> view.get("a")).hasMessage("too old");
        assertThatThrownBy(() -> view.values().iterator()).hasMessage("too old");
        assertThat(view).hasToString("{a=1}");
        assertThat(map.snapshot())
                .isEqualTo(new SyncedState.Snapshot<>(Map.of("a", 1), new Revision(1), Duration.ofSeconds(4)));
    }

    @Test
    void aTopicOfAnotherTypeFeedsIt() throws Exception {
        record Catalog(Map<String, Integer> prices) {}
        SnapshotApplier<Catalog> feed =
                map.feed(EntryMapping.<Catalog, String, Integer>replace().map(Catalog::prices));
        Known limit = new Known();
        ((Freshness.Aware) feed).freshness(limit);

        feed.apply(new SnapshotEnvelope<>(new Revision(1), new Catalog(Map.of("a", 1))));

        assertThat(map.get("a")).isEqualTo(1);
        assertThat(map.snapshot().age()).isEqualTo(Duration.ofSeconds(4));
    }

    private void apply(long revision, Map<String, Integer> data) {
        map.apply(new SnapshotEnvelope<>(new Revision(revision), data));
    }

    private static Map<String, Integer> ordered(Object... keysAndValues) {
        Map<String, Integer> ordered = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            ordered.put((String) keysAndValues[i], (Integer) keysAndValues[i + 1]);
        }
        return ordered;
    }

    private static final class Known implements Freshness {

        private boolean passed;

        @Override
        public Duration age() {
            return Duration.ofSeconds(4);
        }

        @Override
        public boolean limited() {
            return true;
        }

        @Override
        public void require() {
            if (passed) {
                throw new IllegalStateException("too old");
            }
        }

        @Override
        public RefreshCause causeOfThisApply() {
            return RefreshCause.PROBE;
        }
    }
}
