package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.state.EntryMapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every state adapter that has entries by key promises (AD-01 to AD-16; AD-12 and AD-16 are in {@link
 * AtomicStateAdapterContract}). Extend it, and say how to make the adapter and how to read an entry. The state starts as a=1,
 * b=2: what the mapping takes comes through the adapter, at revision 1, the rest from elsewhere.
 */
@Timeout(120)
public abstract class StateAdapterContract {

    private static final List<String> KEYS = List.of("a", "b", "c", "class", "toString");
    private static final Map<String, Object> START = Map.of("a", 1, "b", 2);

    private SnapshotApplier<Object> adapter = snapshot -> {
        throw new IllegalStateException("not started");
    };
    private long revision;

    /** A new adapter with this mapping, over state that holds these entries, which did not come through the adapter. */
    protected abstract SnapshotApplier<Object> adapter(
            Map<String, Object> elsewhere, EntryMapping<Object, String, Object> mapping) throws Exception;

    /** What the application reads entries of that state with, handed out once; null is said of an entry that is not there. */
    protected abstract Function<String, @Nullable Object> reader();

    /** Applies this data with the adapter, at the next revision. */
    protected final void apply(@Nullable Object data) throws Exception {
        revision++;
        adapter.apply(new SnapshotEnvelope<>(new Revision(revision), data));
    }

    /** Makes the adapter, with the state at its start. */
    protected final void start(EntryMapping<Object, String, Object> mapping, Function<Object, Object> mapped)
            throws Exception {
        Map<String, Object> elsewhere = new LinkedHashMap<>(START);
        elsewhere.keySet().removeIf(mapping::takes);
        @SuppressWarnings("unchecked") // on purpose: what a mapping may return that was not compiled with its types
        EntryMapping<Object, String, Object> whole = mapping.map(
                data -> (Map<String, Object>) (data instanceof Start ? START : unchecked(mapped.apply(data))));
        adapter = adapter(elsewhere, whole);
        apply(new Start());
        assertThat(state()).isEqualTo(START);
    }

    /** The same, of data that is taken as it is. */
    protected final void start(EntryMapping<Object, String, Object> mapping) throws Exception {
        start(mapping, Function.identity());
    }

    /** The entries, read one by one. */
    protected final Map<String, Object> state() {
        Function<String, @Nullable Object> reader = reader();
        Map<String, Object> state = new LinkedHashMap<>();
        for (String key : KEYS) {
            Object value = reader.apply(key);
            if (value != null) {
                state.put(key, value);
            }
        }
        return state;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // null is one of the wrong shapes
    private static <R> R unchecked(@Nullable Object value) {
        return (R) value;
    }

    /** Stands for the data of revision 1, whatever the mapping does with later data. */
    private record Start() {}

    @Test
    @DisplayName("AD-01: a patch changes what it has and keeps the rest")
    void aPatchKeepsTheRest() throws Exception {
        start(EntryMapping.patch());
        apply(Map.of("a", 10));
        assertThat(state()).isEqualTo(Map.of("a", 10, "b", 2));
    }

    @Test
    @DisplayName("AD-02: by default the snapshot is the state")
    void byDefaultTheSnapshotIsTheState() throws Exception {
        start(EntryMapping.replace());
        apply(Map.of("a", 10));
        assertThat(state()).isEqualTo(Map.of("a", 10));
        apply(Map.of("c", 3));
        assertThat(state()).isEqualTo(Map.of("c", 3));
    }

    @Test
    @DisplayName("AD-03: a patch of only one key leaves the others alone")
    void aPatchOfOnlyOneKey() throws Exception {
        start(EntryMapping.<Object, String, Object>patch().only(List.of("a")));
        apply(Map.of("a", 10, "b", 999));
        assertThat(state()).isEqualTo(Map.of("a", 10, "b", 2));
    }

    @Test
    @DisplayName("AD-04: a key that is excepted is kept though the snapshot lacks it, and not written if it has it")
    void anExceptedKeyIsKept() throws Exception {
        start(EntryMapping.<Object, String, Object>replace().except(List.of("b")));
        apply(Map.of("a", 10));
        assertThat(state()).isEqualTo(Map.of("a", 10, "b", 2));
        apply(Map.of("b", 999));
        assertThat(state()).isEqualTo(Map.of("b", 2));
    }

    @Test
    @DisplayName("AD-05: of only one key the others are kept")
    void ofOnlyOneKeyTheOthersAreKept() throws Exception {
        start(EntryMapping.<Object, String, Object>replace().only(List.of("a")));
        apply(Map.of("a", 10));
        assertThat(state()).isEqualTo(Map.of("a", 10, "b", 2));
    }

    @Test
    @DisplayName("AD-06: a mapping that drops a field changes the mapped key only")
    void aMappingThatDropsAField() throws Exception {
        start(EntryMapping.patch(), data -> Map.of("a", ((Map<?, ?>) data).get("a")));
        apply(Map.of("a", 10, "b", 999, "extra", true));
        assertThat(state()).isEqualTo(Map.of("a", 10, "b", 2));
    }

    @Test
    @DisplayName("AD-07: lenient, a mapping that returns a text changes nothing")
    void lenientNothingIsChanged() throws Exception {
        start(EntryMapping.<Object, String, Object>replace().lenient(), data -> "a text");
        apply(Map.of("a", 10));
        assertThat(state()).isEqualTo(START);
    }

    @Test
    @DisplayName("AD-08: strict, a mapping that returns a text, an array or null fails and changes nothing")
    void strictTheApplyFails() throws Exception {
        start(EntryMapping.replace(), data -> unchecked(((Map<?, ?>) data).get("shape")));
        Map<String, Object> noShape = new LinkedHashMap<>();
        noShape.put("shape", null);
        for (Map<String, Object> wrong : List.of(
                Map.<String, Object>of("shape", "a text"), Map.<String, Object>of("shape", new int[3]), noShape)) {
            assertThatThrownBy(() -> apply(wrong)).hasMessageContaining("lenient()");
            assertThat(state()).isEqualTo(START);
        }
        assertThatThrownBy(() -> apply(null)).hasMessageContaining("null");
        assertThat(state()).isEqualTo(START);
    }

    @Test
    @DisplayName("AD-09: patches accumulate")
    void patchesAccumulate() throws Exception {
        start(EntryMapping.patch());
        apply(Map.of("a", 10));
        apply(Map.of("b", 20));
        apply(Map.of("a", 30));
        assertThat(state()).isEqualTo(Map.of("a", 30, "b", 20));
    }

    @Test
    @DisplayName("AD-10: an empty object removes all keys that may be, and as a patch none")
    void anEmptyObject() throws Exception {
        start(EntryMapping.replace());
        apply(Map.of());
        assertThat(state()).isEmpty();

        start(EntryMapping.<Object, String, Object>replace().except(List.of("b")));
        apply(Map.of());
        assertThat(state()).isEqualTo(Map.of("b", 2));

        start(EntryMapping.patch());
        apply(Map.of());
        assertThat(state()).isEqualTo(START);
    }

    @Test
    @DisplayName("AD-11: a nested value is replaced whole, and its sibling kept")
    void aNestedValueIsReplacedWhole() throws Exception {
        start(EntryMapping.patch());
        apply(Map.of("c", new LinkedHashMap<>(Map.of("x", 1, "y", 2))));
        apply(Map.of("c", new LinkedHashMap<>(Map.of("x", 3))));
        assertThat(state()).isEqualTo(Map.of("a", 1, "b", 2, "c", Map.of("x", 3)));
    }

    @Test
    @DisplayName("AD-13: what was handed out before shows the newest state")
    void whatWasHandedOutBeforeShowsTheNewestState() throws Exception {
        start(EntryMapping.replace());
        Function<String, @Nullable Object> handedOut = reader();
        apply(Map.of("a", 10));
        assertThat(handedOut.apply("a")).isEqualTo(10);
        assertThat(handedOut.apply("b")).isNull();
        apply(Map.of("b", 20));
        assertThat(handedOut.apply("a")).isNull();
        assertThat(handedOut.apply("b")).isEqualTo(20);
    }

    @Test
    @DisplayName("AD-14: only and except together are refused, in either order")
    void onlyAndExceptTogetherAreRefused() {
        EntryMapping<Object, String, Object> all = EntryMapping.replace();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.only(List.of("a")).except(List.of("b")))
                .withMessageContaining("only([a])")
                .withMessageContaining("except([b])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.except(List.of("b")).only(List.of("a")));
    }

    @Test
    @DisplayName("AD-15: a key named like a member is just a key")
    void aKeyNamedLikeAMember() throws Exception {
        start(EntryMapping.replace());
        apply(Map.of("class", 10, "toString", 20));
        assertThat(state()).isEqualTo(Map.of("class", 10, "toString", 20));
        apply(Map.of("class", 30));
        assertThat(state()).isEqualTo(Map.of("class", 30));
    }
}
