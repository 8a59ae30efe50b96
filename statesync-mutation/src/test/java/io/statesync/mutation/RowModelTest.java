package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The row models that are ready made. */
class RowModelTest {

    private record Mixed(String id, int whole, long large, double real, boolean flag, String text) {

        Mixed {
            if (whole < 0) {
                throw new IllegalArgumentException("negative");
            }
        }
    }

    private static final RowModel<String, Mixed> MIXED = RowModel.ofRecord(Mixed.class, Mixed::id);
    private static final Mixed ROW = new Mixed("a", 1, 2, 3.5, true, null);

    @Test
    void aRecordIsTakenApartAndPutTogether() {
        Map<String, Object> fields = MIXED.fields(ROW);

        assertThat(fields.keySet()).containsExactly("id", "whole", "large", "real", "flag", "text");
        assertThat(fields.get("text")).isNull();
        assertThat(MIXED.row(fields)).isEqualTo(ROW);
        assertThat(MIXED.key(ROW)).isEqualTo("a");
    }

    @Test
    void changesOfARecordAreThoseThatDiffer() {
        Mixed other = new Mixed("a", 1, 7, 3.5, false, "text");
        Map<String, Object> changes = MIXED.changes(ROW, other);

        assertThat(changes.keySet()).containsExactly("large", "flag", "text");
        assertThat(MIXED.patch(ROW, changes)).isEqualTo(other);
        assertThat(MIXED.changes(ROW, ROW)).isEmpty();
        assertThat(MIXED.changes(other, ROW)).containsEntry("text", null);
    }

    @Test
    void whatTheConstructorThrowsComesThrough() {
        assertThatThrownBy(() -> MIXED.patch(ROW, Map.of("whole", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("negative");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void aRecordOfAnotherClassLoaderIsRead() throws Exception {
        byte[] code;
        try (InputStream in = RowModelTest.class.getResourceAsStream("RowModelTest$Mixed.class")) {
            code = in.readAllBytes();
        }
        Class reloaded = new ClassLoader(RowModelTest.class.getClassLoader()) {
            Class<?> define() {
                return defineClass(Mixed.class.getName(), code, 0, code.length);
            }
        }.define();
        RowModel<String, Object> rows = RowModel.ofRecord(reloaded, row -> "a");

        Object row = rows.row(MIXED.fields(ROW));

        assertThat(row).isNotInstanceOf(Mixed.class);
        assertThat(rows.fields(row)).isEqualTo(MIXED.fields(ROW));
    }

    @Test
    void aFieldOfAMapThatIsNullIsNotThere() {
        RowModel<String, Map<String, Object>> maps = RowModel.ofMap("id");
        Map<String, Object> fields = new HashMap<>(Map.of("id", "m", "a", 1));
        fields.put("b", null);

        assertThat(maps.row(fields)).isEqualTo(Map.of("id", "m", "a", 1));
        assertThatThrownBy(() -> maps.key(Map.of("name", "x"))).hasMessageContaining("no field \"id\"");
    }
}
