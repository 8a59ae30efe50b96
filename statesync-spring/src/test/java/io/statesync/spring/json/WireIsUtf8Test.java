package io.statesync.spring.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.statesync.ProtocolException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Bytes that look like another encoding are broken JSON, not a broken stream; no encoding is guessed. */
class WireIsUtf8Test {

    private final SnapshotCodec snapshots =
            new SnapshotCodec(JsonMapper.builder().build());
    private final InvalidationCodec events = new InvalidationCodec();

    static Stream<byte[]> others() {
        String text = "{\"revision\":\"1\",\"data\":1,\"topic\":\"prices\"}";
        return Stream.of(
                text.getBytes(StandardCharsets.UTF_16BE),
                text.getBytes(StandardCharsets.UTF_16LE),
                text.getBytes(Charset.forName("UTF-32BE")),
                // found by the fuzzer: "unsupported UCS-4 endianness", and a character that is none
                new byte[] {0, 0, '{', 0, 0, 0, '"', 0},
                new byte[] {0, 0, 0, '{', 0x22, 0x7a, 0x76, 0x69});
    }

    @ParameterizedTest
    @MethodSource("others")
    void anotherEncodingIsAnErrorOfTheProtocol(byte[] bytes) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> snapshots.decode(stream(bytes), Map.class))
                .withMessageContaining("not JSON");
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> RevisionsCodec.decode(stream(bytes)))
                .withMessageContaining("not JSON");
        assertThat(events.decode(bytes)).isInstanceOf(InvalidationMessage.Malformed.class);
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }
}
