package io.statesync.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A fuzzer is as good as what it asks: each kind of finding is one. */
class OracleTest {

    @Test
    void aValueIsGivenBackAndADocumentedRefusalIsNone() throws Exception {
        assertThat(Oracle.valueOrRefusal(() -> "x", IOException.class)).isEqualTo("x");
        assertThat(Oracle.<String>valueOrRefusal(() -> refuse("no such thing"), IOException.class))
                .isNull();
    }

    @Test
    void anotherExceptionIsAFinding() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Oracle.<String>valueOrRefusal(() -> refuse("no"), IllegalStateException.class));
    }

    @Test
    void aRefusalThatSaysNothingOrMoreThanALineIsAFinding() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Oracle.<String>valueOrRefusal(() -> refuse(null), IOException.class))
                .withMessageContaining("says nothing");
        for (String forged : new String[] {"one\nINFO two", "\u001b[2J", "\u009b2J", "x".repeat(3_000)}) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> Oracle.<String>valueOrRefusal(() -> refuse(forged), IOException.class));
        }
    }

    @Test
    void whatIsNotTheSameIsAFinding() {
        Oracle.same(new byte[] {1}, new byte[] {1}, "bytes");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Oracle.same(new byte[] {1}, new byte[] {2}, "bytes"));
    }

    private static String refuse(String why) throws IOException {
        throw new IOException(why);
    }
}
