package io.statesync.spring.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ParameterizedTypeReference;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

class SnapshotCodecTest {

    private static final Type PRICES = new ParameterizedTypeReference<Map<String, List<Price>>>() {}.getType();

    private final SnapshotCodec codec = new SnapshotCodec(JsonMapper.builder().build());

    record Price(String sku, BigDecimal amount, Instant since, Optional<String> note) {
        Price {
            if (amount.signum() < 0) {
                throw new IllegalArgumentException("a price is not negative");
            }
        }
    }

    @Test
    void aTypedSnapshotSurvivesTheWire() throws IOException {
        Map<String, List<Price>> data = Map.of(
                "EUR",
                List.of(new Price("a/\"1\"", new BigDecimal("1.50"), Instant.EPOCH, Optional.of("ü\uD83D\uDE80"))));

        SnapshotEnvelope<Map<String, List<Price>>> decoded = decode(
                new String(codec.encode(new SnapshotEnvelope<>(Revision.MAX, data)), StandardCharsets.UTF_8), PRICES);

        assertThat(decoded).isEqualTo(new SnapshotEnvelope<>(Revision.MAX, data));
    }

    @Test
    void theEnvelopeIsWrittenInOneForm() {
        assertThat(codec.encode(new SnapshotEnvelope<>(new Revision(42), null)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"revision\":\"42\",\"data\":null}");
    }

    @Test
    void theMembersMayComeInAnyOrder() throws IOException {
        SnapshotEnvelope<List<Integer>> decoded =
                decode("{\"data\":[1,2],\"x\":{\"data\":3},\"revision\":\"7\"}", List.class);

        assertThat(decoded).isEqualTo(new SnapshotEnvelope<>(new Revision(7), List.of(1, 2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{\"revision\":\"7\",\"data\":{}",
                "{\"revision\":\"7\",\"data\":{\"a\":",
                "{\"revision\":\"7\",\"data\":{}} extra",
                "{\"revision\":\"7\",\"data\":{}}{}",
                "{\"revision\":\"7\",\"revision\":\"8\",\"data\":{}}",
                "{\"revision\":\"7\",\"data\":{},\"data\":{}}",
                "{\"revision\":7,\"data\":{}}",
                "{\"revision\":\"07\",\"data\":{}}",
                "{\"revision\":null,\"data\":{}}",
                "{\"revision\":\"7\"}",
                "{\"data\":{}}",
                "[]",
                "null",
                "{\"revision\":\"7\",\"data\":{\"a\":NaN}}",
                "{\"revision\":\"7\",/* hm */\"data\":{}}"
            })
    void whatIsNoEnvelopeIsAProtocolError(String text) {
        assertThatThrownBy(() -> decode(text, Map.class)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void deepNestingIsAProtocolError() {
        String text = "{\"revision\":\"7\",\"data\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThatThrownBy(() -> decode(text, Object.class)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> decode(text.replace("data", "other"), Object.class))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void dataThatDoesNotFitNamesTheTypeAndThePlace() {
        assertThatThrownBy(() -> decode(
                        "{\"revision\":\"7\",\"data\":{\"EUR\":[{\"sku\":\"a\",\"amount\":\"cheap\"}]}}", PRICES))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(PRICES.getTypeName())
                .hasMessageContaining("data.EUR[0].amount")
                .hasMessageContaining("a String cannot be read as")
                .hasMessageNotContaining("cheap");
        assertThatThrownBy(() -> decode("{\"revision\":\"7\",\"data\":99999999999}", Integer.class))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("java.lang.Integer")
                .hasMessageNotContaining("99999999999");
        assertThatThrownBy(
                        () -> decode("{\"revision\":\"7\",\"data\":{\"EUR\":[{\"sku\":\"a\",\"amount\":-1}]}}", PRICES))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("a price is not negative");
    }

    @Test
    void aBrokenStreamIsNoProtocolError() {
        String half = "{\"revision\":\"7\",\"data\":{\"a\":";
        InputStream broken = new FilterInputStream(new ByteArrayInputStream(half.getBytes(StandardCharsets.UTF_8))) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                if (read < 0) {
                    throw new IOException("reset by peer");
                }
                return read;
            }
        };

        assertThatThrownBy(() -> codec.decode(broken, Map.class))
                .isInstanceOf(IOException.class)
                .hasMessage("reset by peer");
    }

    @Test
    void theStreamIsReadToItsEndAndLeftOpen() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        ByteArrayInputStream bytes =
                new ByteArrayInputStream("{\"revision\":\"7\",\"data\":1}  \n".getBytes(StandardCharsets.UTF_8));
        InputStream in = new FilterInputStream(bytes) {
            @Override
            public void close() {
                closed.set(true);
            }
        };

        codec.decode(in, Integer.class);

        assertThat(bytes.available()).isZero();
        assertThat(closed).isFalse();
    }

    @Test
    void theSenderCannotChooseAClass() throws IOException {
        JsonMapper typing = JsonMapper.builder()
                .activateDefaultTyping(
                        BasicPolymorphicTypeValidator.builder()
                                .allowIfBaseType(Object.class)
                                .build(),
                        DefaultTyping.NON_FINAL)
                .build();
        String text = "{\"revision\":\"7\",\"data\":[\"java.util.LinkedList\",[1]]}";

        SnapshotEnvelope<Object> decoded = new SnapshotCodec(typing)
                .decode(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Object.class);

        assertThat(decoded.data()).isEqualTo(List.of("java.util.LinkedList", List.of(1)));
    }

    @Test
    void theApplicationsSettingsRuleTheDataButNotTheEnvelope() throws IOException {
        SnapshotCodec customised = new SnapshotCodec(JsonMapper.builder()
                .enable(SerializationFeature.WRAP_ROOT_VALUE, SerializationFeature.INDENT_OUTPUT)
                .enable(DeserializationFeature.UNWRAP_ROOT_VALUE, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build());
        byte[] bytes = customised.encode(new SnapshotEnvelope<>(new Revision(7), Map.of("a", 1)));

        assertThat(customised.<Map<String, Integer>>decode(new ByteArrayInputStream(bytes), Map.class))
                .isEqualTo(new SnapshotEnvelope<>(new Revision(7), Map.of("a", 1)));
        assertThatThrownBy(() -> customised.decode(
                        new ByteArrayInputStream(
                                "{\"revision\":\"7\",\"data\":{\"more\":1}}".getBytes(StandardCharsets.UTF_8)),
                        Price.class))
                .isInstanceOf(ProtocolException.class);
        assertThat(customised
                        .decode(
                                new ByteArrayInputStream(
                                        "{\"revision\":\"7\",\"data\":1,\"more\":1}".getBytes(StandardCharsets.UTF_8)),
                                Integer.class)
                        .data())
                .isEqualTo(1);
    }

    private <T> SnapshotEnvelope<T> decode(String text, Type type) throws IOException {
        return codec.decode(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), type);
    }
}
