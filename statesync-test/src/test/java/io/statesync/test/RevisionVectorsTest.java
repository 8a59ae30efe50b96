package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.statesync.ProtocolException;
import io.statesync.Revision;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code vectors/revisions.json}, entry by entry (P1). Its values that are no text at all are handed over as a transport
 * does by {@link InvalidationVectorsTest}'s rules; that a codec finds them is the codec's test.
 */
class RevisionVectorsTest {

    private static final JsonNode VECTORS = JsonMapper.shared().readTree(Vectors.REVISIONS.json());

    @TestFactory
    Stream<DynamicTest> canonicalTextsAreRevisions() {
        return VECTORS.get("canonical").valueStream().map(entry -> {
            String text = entry.stringValue();
            return dynamicTest("canonical " + entry, () -> {
                assertThat(Revision.parse(text)).hasToString(text);
                assertThat(Revision.parse(text)).isEqualTo(new Revision(Long.parseUnsignedLong(text)));
            });
        });
    }

    @TestFactory
    Stream<DynamicTest> otherTextsAreNot() {
        return VECTORS.get("notCanonical").valueStream().map(entry -> {
            String text = entry.get("value").stringValue();
            return dynamicTest(
                    "not canonical " + shortened(entry),
                    () -> assertThatThrownBy(() -> Revision.parse(text))
                            .isInstanceOf(ProtocolException.class)
                            .hasMessageContaining("not a canonical revision"));
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoTextIsAProtocolErrorOfTheEvent() {
        return VECTORS.get("notStrings")
                .valueStream()
                .map(value -> dynamicTest("not a text " + value, () -> {
                    JsonNode payload = JsonMapper.shared()
                            .createObjectNode()
                            .put("topic", "app-config")
                            .set("revision", value);
                    try (HandedOver handedOver = new HandedOver()) {
                        handedOver.payload(payload);
                        handedOver.assertProtocolError();
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> revisionsCompareAsUnsignedNumbers() {
        return VECTORS.get("compare")
                .valueStream()
                .map(entry -> dynamicTest("compare " + entry, () -> {
                    Revision a = Revision.parse(entry.get("a").stringValue());
                    Revision b = Revision.parse(entry.get("b").stringValue());
                    int expected = entry.get("expected").intValue();
                    assertThat(Integer.signum(a.compareTo(b))).isEqualTo(expected);
                    assertThat(a.isNewerThan(b)).isEqualTo(expected > 0);
                    assertThat(a.equals(b)).isEqualTo(expected == 0);
                }));
    }

    private static String shortened(JsonNode entry) {
        String text = entry.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
