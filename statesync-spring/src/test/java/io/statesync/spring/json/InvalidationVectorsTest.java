package io.statesync.spring.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.test.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each entry of {@code vectors/invalidations.json}. */
class InvalidationVectorsTest {

    private final InvalidationCodec codec = new InvalidationCodec();

    @TestFactory
    Stream<DynamicTest> payloads() {
        return VectorEntries.of(Vectors.INVALIDATIONS, "payloads")
                .map(entry -> DynamicTest.dynamicTest(entry.get("name").asString(), () -> {
                    byte[] payload = JsonMapper.shared().writeValueAsBytes(entry.get("payload"));
                    assertThat(accepted(codec.decode(payload)))
                            .isEqualTo(entry.get("accepted").asBoolean());
                }));
    }

    @TestFactory
    Stream<DynamicTest> rawBodies() {
        return VectorEntries.of(Vectors.INVALIDATIONS, "raw")
                .map(entry -> DynamicTest.dynamicTest(entry.get("name").asString(), () -> {
                    String text = entry.get("text").asString();
                    assertThat(accepted(codec.decode(text)))
                            .isEqualTo(entry.get("accepted").asBoolean());
                    assertThat(accepted(codec.decode(text.getBytes(StandardCharsets.UTF_8))))
                            .isEqualTo(entry.get("accepted").asBoolean());
                }));
    }

    @TestFactory
    Stream<DynamicTest> revisionsInEvents() {
        return Stream.concat(
                VectorEntries.of(Vectors.REVISIONS, "canonical").map(value -> revision(value, true)),
                VectorEntries.of(Vectors.REVISIONS, "notCanonical").map(entry -> revision(entry.get("value"), false)));
    }

    private DynamicTest revision(JsonNode value, boolean canonical) {
        return DynamicTest.dynamicTest("revision " + value, () -> {
            String payload = "{\"topic\":\"app-config\",\"revision\":" + value + "}";
            assertThat(accepted(codec.decode(payload))).isEqualTo(canonical);
        });
    }

    /** The codec checks shapes and types, the engine the form of the revision. */
    private static boolean accepted(InvalidationMessage message) {
        if (!(message instanceof InvalidationMessage.Event event)) {
            return false;
        }
        try {
            Revision.parse(event.revision());
            return true;
        } catch (ProtocolException e) {
            return false;
        }
    }
}
