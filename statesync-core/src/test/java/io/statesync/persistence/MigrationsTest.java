package io.statesync.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MigrationsTest {

    private static final MigrationStep<Map<String, String>> ADD_CURRENCY = data -> with(data, "currency", "EUR");
    private static final MigrationStep<Map<String, String>> ADD_TAX = data -> with(data, "tax", "19");

    private final Map<String, String> data = Map.of("price", "7");

    private static Map<String, String> with(Map<String, String> data, String key, String value) {
        Map<String, String> next = new HashMap<>(data);
        next.put(key, value);
        return next;
    }

    private static Migrations.Builder<Map<String, String>> to3() {
        return Migrations.<Map<String, String>>to(3).step(1, ADD_CURRENCY).step(2, ADD_TAX);
    }

    @Test
    @DisplayName("MG-01: from 1 both steps are taken")
    void from1BothStepsAreTaken() throws Exception {
        MigrationResult<Map<String, String>> result = to3().build().migrate(data, 1);

        assertThat(result.succeeded()).isTrue();
        assertThat(result.orElseThrow()).isEqualTo(Map.of("price", "7", "currency", "EUR", "tax", "19"));
        assertThat(result.from()).isEqualTo(1);
        assertThat(result.to()).isEqualTo(3);
        assertThat(result.applied()).containsExactly(1, 2);
    }

    @Test
    @DisplayName("MG-02: from 2 the second step alone is taken")
    void from2TheSecondStepAlone() throws Exception {
        assertThat(to3().build().migrate(data, 2).orElseThrow()).isEqualTo(Map.of("price", "7", "tax", "19"));
    }

    @Test
    @DisplayName("MG-03: data at the current version is not changed, and validated")
    void dataAtTheCurrentVersion() {
        Map<String, Integer> validated = new HashMap<>();

        MigrationResult<Map<String, String>> result = to3().validator(it -> validated.merge("calls", 1, Integer::sum))
                .build()
                .migrate(data, 3);

        assertThat(result.succeeded()).isTrue();
        assertThat(result.data()).isSameAs(data);
        assertThat(validated).containsEntry("calls", 1);
    }

    @Test
    @DisplayName("MG-04: data of a future version is refused")
    void dataOfAFutureVersion() {
        MigrationResult<Map<String, String>> result = to3().build().migrate(data, 5);

        assertThat(result.succeeded()).isFalse();
        assertThat(result.data()).isNull();
        assertThat(result.error()).isInstanceOf(FutureSchemaException.class).hasMessageContaining("future version");
        assertThat(((FutureSchemaException) result.error()).found()).isEqualTo(5);
        assertThat(((FutureSchemaException) result.error()).supported()).isEqualTo(3);
    }

    @Test
    @DisplayName("MG-05: a missing step is named")
    void aMissingStep() {
        Migrations<Map<String, String>> holed =
                Migrations.<Map<String, String>>to(3).step(1, ADD_CURRENCY).build();

        MigrationResult<Map<String, String>> result = holed.migrate(data, 1);

        assertThat(result.error()).hasMessageContaining("migration is missing").hasMessageContaining("from schema 2");
        assertThatThrownBy(result::orElseThrow).isSameAs(result.error());
    }

    @Test
    @DisplayName("MG-06: a validator that accepts lets it pass")
    void aValidatorThatAccepts() {
        assertThat(to3().validator(it -> {}).build().migrate(data, 1).succeeded())
                .isTrue();
    }

    @Test
    @DisplayName("MG-07: a validator that refuses fails it, and says that it was the validation")
    void aValidatorThatRefuses() {
        MigrationResult<Map<String, String>> result = to3().validator(it -> {
                    throw new IllegalArgumentException("no currency");
                })
                .build()
                .migrate(data, 1);

        assertThat(result.succeeded()).isFalse();
        assertThat(result.error()).hasMessageContaining("validation").hasMessageContaining("no currency");
    }

    @Test
    @DisplayName("MG-08: what a step throws is what it fails with")
    void aStepThatThrows() {
        MigrationResult<Map<String, String>> result = Migrations.<Map<String, String>>to(2)
                .step(1, it -> {
                    throw new IllegalStateException("the step is broken");
                })
                .build()
                .migrate(data, 1);

        assertThat(result.error()).hasMessage("the step is broken");
        assertThat(result.applied()).isEmpty();
    }

    @Test
    @DisplayName("MG-09: built with two steps at 3 it has both")
    void builtWithTwoSteps() {
        Migrations<Map<String, String>> built = to3().build();

        assertThat(built.version()).isEqualTo(3);
        assertThat(built.steps()).containsExactly(1, 2);
    }

    @Test
    @DisplayName("MG-10: built with a validator it has it")
    void builtWithAValidator() {
        assertThat(to3().build().validates()).isFalse();
        assertThat(to3().validator(it -> {}).build().validates()).isTrue();
    }

    @Test
    @DisplayName("MG-11: a simple one says its version and its step")
    void aSimpleOne() {
        Migrations<Map<String, String>> simple =
                Migrations.<Map<String, String>>to(2).step(1, ADD_CURRENCY).build();

        assertThat(simple.version()).isEqualTo(2);
        assertThat(simple.steps()).containsExactly(1);
        assertThat(Migrations.none(2).steps()).isEmpty();
    }

    @Test
    @DisplayName("MG-12: from 1 to 2 and from 1 to 5 there is something to do")
    void thereIsSomethingToDo() {
        assertThat(Migrations.none(2).needed(1)).isTrue();
        assertThat(Migrations.none(5).needed(1)).isTrue();
    }

    @Test
    @DisplayName("MG-13: from 2 to 2 there is nothing to do")
    void thereIsNothingToDo() {
        assertThat(Migrations.none(2).needed(2)).isFalse();
    }

    @Test
    @DisplayName("MG-14: from 3 to 2 there is nothing to do")
    void thereIsNoWayBack() {
        assertThat(Migrations.none(2).needed(3)).isFalse();
    }

    @Test
    @DisplayName("MG-15: the path from 1 to 4 is 1, 2, 3")
    void thePathFrom1To4() {
        assertThat(Migrations.none(4).path(1)).containsExactly(1, 2, 3);
    }

    @Test
    @DisplayName("MG-16: the paths from 3 to 3 and from 5 to 3 are empty")
    void thePathToWhereOneIs() {
        assertThat(Migrations.none(3).path(3)).isEmpty();
        assertThat(Migrations.none(3).path(5)).isEmpty();
    }

    @Test
    void stepsThatLeadNowhereOrTwiceAreRefused() {
        assertThatThrownBy(() -> to3().step(2, ADD_TAX)).hasMessageContaining("two steps from schema 2");
        assertThatThrownBy(() -> to3().step(3, ADD_TAX)).hasMessageContaining("towards schema 3");
        assertThatThrownBy(() -> to3().step(-1, ADD_TAX)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Migrations.to(-1)).hasMessageContaining("got -1");
        assertThatThrownBy(() -> Migrations.to(RecordVersion.TOMBSTONE)).isInstanceOf(IllegalArgumentException.class);
    }
}
