package io.statesync.spring.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.ProtocolException;
import io.statesync.Revision;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionsCodecTest {

    @Test
    void revisionsSurviveTheWire() throws IOException {
        Map<String, Revision> revisions = Map.of("a \"b\" ü", Revision.MAX, "prices", Revision.ZERO);

        assertThat(RevisionsCodec.decode(new ByteArrayInputStream(RevisionsCodec.encode(revisions))))
                .isEqualTo(revisions);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "null", "{\"a\":1}", "{\"a\":null}", "{\"a\":\"01\"}", "{\"a\":\"1\"} x", "{\"a\":"})
    void anythingElseIsAProtocolError(String text) {
        assertThatThrownBy(() -> RevisionsCodec.decode(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(ProtocolException.class);
    }
}
