package io.statesync.spring.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationHandler;
import io.statesync.Revision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidationCodecTest {

    private final InvalidationCodec codec = new InvalidationCodec();

    @Test
    void anEventSurvivesTheWire() {
        InvalidationEvent event = new InvalidationEvent(
                "préise \uD83D\uDCB0", Revision.MAX, "shop-\"1\"", 1738123456789L, "00-4bf92f-00f067-01");

        assertThat(codec.decode(codec.encode(event)))
                .isEqualTo(new InvalidationMessage.Event(
                        "préise \uD83D\uDCB0",
                        "18446744073709551615",
                        "shop-\"1\"",
                        1738123456789L,
                        "00-4bf92f-00f067-01"));
    }

    @Test
    void absentFieldsAreLeftOut() {
        assertThat(codec.encode(InvalidationEvent.of("prices", new Revision(42))))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"topic\":\"prices\",\"revision\":\"42\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"sourceId\":7",
                "\"sourceId\":null",
                "\"sourceId\":{\"a\":1}",
                "\"timestampMs\":\"yesterday\"",
                "\"timestampMs\":1.5",
                "\"timestampMs\":-7",
                "\"timestampMs\":99999999999999999999",
                "\"timestampMs\":[1]",
                "\"traceparent\":false",
                "\"unknown\":[{\"topic\":\"other\"}]"
            })
    void aWronglyTypedOptionalFieldIsDropped(String field) {
        assertThat(codec.decode("{" + field + ",\"topic\":\"prices\",\"revision\":\"42\"}"))
                .isEqualTo(new InvalidationMessage.Event("prices", "42", null, -1, null));
    }

    @Test
    void aSourceIdOfMoreThan255CharactersIsDropped() {
        assertThat(sourceIdOf("x".repeat(255))).isEqualTo("x".repeat(255));
        assertThat(sourceIdOf("x".repeat(256))).isNull();
    }

    private String sourceIdOf(String sourceId) {
        InvalidationMessage message =
                codec.decode("{\"topic\":\"prices\",\"revision\":\"42\",\"sourceId\":\"" + sourceId + "\"}");
        return ((InvalidationMessage.Event) message).sourceId();
    }

    @Test
    void theTopicIsNeverTrimmed() {
        assertThat(codec.decode("{\"topic\":\" prices \",\"revision\":\"1\"}").topic())
                .isEqualTo(" prices ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"topic\":\"prices\",\"revision\":42}",
                "{\"topic\":\"prices\",\"revision\":null}",
                "{\"topic\":\"prices\"}",
                "{\"revision\":[\"42\"],\"topic\":\"prices\"}"
            })
    void aBadRevisionIsToldToTheSubscriptionOfItsTopic(String payload) {
        InvalidationMessage message = codec.decode(payload);

        assertThat(message).isInstanceOf(InvalidationMessage.Malformed.class);
        assertThat(message.topic()).isEqualTo("prices");
        assertThat(heard(message)).containsExactly("malformed " + payload);
    }

    @Test
    void aNonCanonicalRevisionIsLeftToTheEngine() {
        assertThat(heard(codec.decode("{\"topic\":\"prices\",\"revision\":\"01\"}")))
                .containsExactly("prices 01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "null",
                "[{\"topic\":\"prices\",\"revision\":\"42\"}]",
                "{\"topic\":\"\",\"revision\":\"42\"}",
                "{\"topic\":\" \\t\",\"revision\":\"42\"}",
                "{\"topic\":5,\"revision\":\"42\"}",
                "{\"revision\":\"42\"}",
                "{\"topic\":\"prices\",\"revision\":\"1\"} extra",
                "{\"topic\":\"prices\",\"revision\":\"1\"}{}",
                "{\"topic\":\"prices\",\"revision\":\"1\",\"x\":1,\"x\":2}",
                "{\"topic\":\"prices\",\"topic\":\"prices\",\"revision\":\"1\"}"
            })
    void whatNamesNoUsableTopicIsMalformedWithoutOne(String payload) {
        InvalidationMessage message = codec.decode(payload);

        assertThat(message).isInstanceOf(InvalidationMessage.Malformed.class);
        assertThat(message.topic()).isNull();
        assertThat(((InvalidationMessage.Malformed) message).error())
                .hasMessageStartingWith("malformed invalidation: ");
    }

    @Test
    void nothingAtAllAndBrokenUtf8AreMalformed() {
        assertThat(codec.decode((byte[]) null)).isInstanceOf(InvalidationMessage.Malformed.class);
        assertThat(codec.decode((String) null)).isInstanceOf(InvalidationMessage.Malformed.class);
        assertThat(codec.decode(new byte[] {'{', '"', (byte) 0xC3, '"', '}'}))
                .isInstanceOf(InvalidationMessage.Malformed.class);
    }

    @Test
    void theShownPayloadIsBounded() {
        InvalidationMessage message = codec.decode("x".repeat(100_000));

        assertThat(((InvalidationMessage.Malformed) message).payload()).hasSize(1024);
    }

    private static List<String> heard(InvalidationMessage message) {
        List<String> heard = new ArrayList<>();
        message.deliverTo(new InvalidationHandler() {
            @Override
            public void onInvalidation(
                    String topic, String revision, String sourceId, long timestampMs, String traceparent) {
                heard.add(topic + " " + revision);
            }

            @Override
            public void onMalformed(Object payload, Throwable error) {
                heard.add("malformed " + payload);
            }

            @Override
            public void onConnectionLost(Throwable cause) {
                heard.add("lost");
            }

            @Override
            public void onConnectionRestored() {
                heard.add("restored");
            }
        });
        return heard;
    }
}
