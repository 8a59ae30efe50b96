package io.statesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "9",
                "10",
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551609",
                "18446744073709551615"
            })
    void aCanonicalTextIsReadAndWrittenAsItIs(String text) {
        assertThat(Revision.parse(text)).hasToString(text);
        assertThat(Revision.parse(text).bits()).isEqualTo(Long.parseUnsignedLong(text));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00",
                "01",
                "-1",
                "+1",
                " 1",
                "1 ",
                "1.0",
                "1e3",
                "0x1",
                "\u0661",
                "\uFF11",
                "18446744073709551616",
                "18446744073709551620",
                "99999999999999999999",
                "184467440737095516150",
                "1/",
                "1:",
                "1\u0000"
            })
    void anythingElseBreaksTheProtocol(String text) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> Revision.parse(text))
                .withMessageContaining("not a canonical revision");
    }

    @Test
    void aLongTextIsNotShownWhole() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> Revision.parse("9".repeat(100_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @Test
    void revisionsAreOrderedAsUnsigned() {
        Revision half = Revision.parse("9223372036854775808");
        Revision below = Revision.parse("9223372036854775807");

        assertThat(half.isNewerThan(below)).isTrue();
        assertThat(below.isNewerThan(half)).isFalse();
        assertThat(half.isNewerThan(half)).isFalse();
        assertThat(Stream.of(Revision.MAX, half, Revision.ZERO, below).sorted())
                .containsExactly(Revision.ZERO, below, half, Revision.MAX);
        assertThat(below.next()).isEqualTo(half);
    }

    @Test
    void theLargestRevisionHasNoSuccessor() {
        assertThatIllegalStateException()
                .isThrownBy(Revision.MAX::next)
                .withMessageContaining("18446744073709551615")
                .withMessageContaining("no successor");
    }
}
