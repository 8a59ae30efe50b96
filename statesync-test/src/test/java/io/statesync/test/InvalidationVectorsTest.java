package io.statesync.test;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code vectors/invalidations.json}, entry by entry (P2): what the engine does with what a transport hands over. That a
 * codec tells right from wrong in the texts is the codec's test; here the raw ones stand for what no codec could read.
 */
class InvalidationVectorsTest {

    private static final JsonNode VECTORS = JsonMapper.shared().readTree(Vectors.INVALIDATIONS.json());

    @TestFactory
    Stream<DynamicTest> payloads() {
        return VECTORS.get("payloads").valueStream().map(entry -> test(entry, "payload"));
    }

    @TestFactory
    Stream<DynamicTest> rawTextsThatNoCodecReads() {
        return VECTORS.get("raw").valueStream().map(entry -> test(entry, "text"));
    }

    private static DynamicTest test(JsonNode entry, String field) {
        return dynamicTest(entry.get("name").stringValue(), () -> {
            try (HandedOver handedOver = new HandedOver()) {
                if (field.equals("text")) {
                    handedOver.malformed(entry.get(field).stringValue());
                } else {
                    handedOver.payload(entry.get(field));
                }
                if (entry.get("accepted").booleanValue()) {
                    handedOver.assertAccepted();
                } else {
                    handedOver.assertProtocolError();
                }
            }
        });
    }
}
