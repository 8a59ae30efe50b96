package io.statesync.spring.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.test.Vectors;
import java.io.ByteArrayInputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each entry of {@code vectors/snapshots.json}. */
class SnapshotVectorsTest {

    private final SnapshotCodec codec = new SnapshotCodec(JsonMapper.shared());

    @TestFactory
    Stream<DynamicTest> envelopes() {
        return VectorEntries.of(Vectors.SNAPSHOTS, "envelopes")
                .map(entry -> DynamicTest.dynamicTest(entry.get("name").asString(), () -> {
                    JsonNode envelope = entry.get("envelope");
                    ByteArrayInputStream body =
                            new ByteArrayInputStream(JsonMapper.shared().writeValueAsBytes(envelope));
                    if (entry.get("accepted").asBoolean()) {
                        SnapshotEnvelope<Object> decoded = codec.decode(body, Object.class);
                        assertThat(decoded.revision())
                                .isEqualTo(
                                        Revision.parse(envelope.get("revision").asString()));
                        assertThat(JsonMapper.shared().<JsonNode>valueToTree(decoded.data()))
                                .isEqualTo(envelope.get("data"));
                    } else {
                        assertThatThrownBy(() -> codec.decode(body, Object.class))
                                .isInstanceOf(ProtocolException.class);
                    }
                }));
    }
}
