package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerTest {

    private static final int STEPS = 300;

    /** Many of them share their hash, or all of it but the highest bits. */
    private record Key(int number, int hash) {

        private static Key random(Random random, int most) {
            int number = random.nextInt(most);
            return new Key(number, number % 7 == 0 ? number % 3 << 30 : number * 0x9E3779B9);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 40, 1_000, 50_000})
    @DisplayName("MU-C8: a layer is what a map is, and what was frozen stays as it was")
    void equalsAMapAndStaysAsItWas(int keys) {
        Random random = new Random(keys);
        LayerEdit edit = new LayerEdit();
        Map<Object, Object> model = new HashMap<>();
        List<Layer> frozen = new ArrayList<>();
        List<Map<Object, Object>> copies = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            for (int change = random.nextInt(20); change > 0; change--) {
                Key key = Key.random(random, keys);
                if (random.nextInt(3) == 0) {
                    assertThat(edit.remove(key)).isEqualTo(model.remove(key));
                } else {
                    assertThat(edit.put(key, step)).isEqualTo(model.put(key, step));
                }
                assertThat(edit.get(key)).isEqualTo(model.get(key));
            }
            if (random.nextInt(50) == 0) {
                edit.clear();
                model.clear();
            }
            assertThat(edit.size()).isEqualTo(model.size());
            frozen.add(edit.freeze());
            copies.add(new HashMap<>(model));
        }
        for (int step = 0; step < STEPS; step++) {
            Layer layer = frozen.get(step);
            Map<Object, Object> entries = new HashMap<>();
            layer.forEach(entry ->
                    assertThat(entries.put(entry.getKey(), entry.getValue())).isNull());
            assertThat(entries).isEqualTo(copies.get(step)).hasSize(layer.size());
            entries.forEach((key, value) -> assertThat(layer.get(key)).isEqualTo(value));
            assertThat(layer.get(new Key(-1, 0))).isNull();
            assertThat(layer.isEmpty()).isEqualTo(entries.isEmpty());
        }
    }

    @Test
    @DisplayName(
            "MU-C8: a layer that did not change is the same, so that a step costs nothing for those that it left alone")
    void staysTheSameUnchanged() {
        LayerEdit edit = new LayerEdit();
        assertThat(edit.freeze()).isSameAs(Layer.EMPTY);

        edit.put("a", 1);
        Layer one = edit.freeze();
        edit.remove("b");

        assertThat(edit.freeze()).isSameAs(one);
    }

    @Test
    @DisplayName("MU-C8: an iteration over a layer ends")
    void iterationEnds() {
        LayerEdit edit = new LayerEdit();
        edit.put("a", 1);
        Iterator<Map.Entry<Object, Object>> entries = edit.freeze().iterator();
        assertThat(entries.next()).isEqualTo(Map.entry("a", 1));

        assertThat(entries.hasNext()).isFalse();
        assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
    }
}
