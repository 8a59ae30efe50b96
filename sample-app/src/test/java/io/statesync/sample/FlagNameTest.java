package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlagNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "new-checkout", "Größer als 5", "a.b;c=d", "😀"})
    void anyReadableNameWillDo(String name) {
        assertThat(new FlagName(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource
    void charactersAreCountedAsTheyAreRead(String name) {
        assertThat(new FlagName(name).value()).isEqualTo(name);
    }

    static String[] charactersAreCountedAsTheyAreRead() {
        return new String[] {"x".repeat(100), "😀".repeat(100)};
    }

    @ParameterizedTest
    @MethodSource
    void aNameThatCannotBeIsRefused(String name) {
        assertThatThrownBy(() -> new FlagName(name))
                .isInstanceOf(InvalidFlagNameException.class)
                .hasMessageStartingWith("The name of a feature flag has ");
    }

    static String[] aNameThatCannotBeIsRefused() {
        return new String[] {"", " ", "x".repeat(101), " a", "a ", "a\nb", "a/b", "a\\b", "a\u0000b", "a\ud800b"};
    }
}
