package io.statesync.spring.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.statesync.persistence.Migrations;
import io.statesync.persistence.VersionedCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.node.ObjectNode;

class JsonPersistedFormatTest {

    record Price(BigDecimal netAmount, LocalDate validFrom) {}

    private static final Type PRICES = new ParameterizedTypeReference<Map<String, List<Price>>>() {}.getType();
    private static final Map<String, List<Price>> TEA =
            Map.of("tea", List.of(new Price(new BigDecimal("1.50"), LocalDate.of(2026, 1, 31))));

    private final JsonMapper mapper = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.WRAP_ROOT_VALUE)
            .build();

    @Test
    void theDataIsWrittenByTheApplicationsMapperAndReadIntoItsType() throws Exception {
        VersionedCodec<Object> codec = new JsonPersistedFormat(mapper).codec(PRICES, Migrations.none(1));

        assertThat(encoded(codec, TEA)).isEqualTo("{\"tea\":[{\"net_amount\":1.50,\"valid_from\":\"2026-01-31\"}]}");
        assertThat(codec.decode(in(encoded(codec, TEA)), 1)).isEqualTo(TEA);
        assertThat(codec.version()).isOne();
    }

    @Test
    void nullIsAValue() throws Exception {
        VersionedCodec<Object> codec = new JsonPersistedFormat(mapper).codec(PRICES, Migrations.none(1));

        assertThat(codec.decode(in(encoded(codec, null)), 1)).isNull();
    }

    @Test
    void olderDataIsMigratedAsATree() throws Exception {
        Migrations<JsonNode> migrations = Migrations.<JsonNode>to(3)
                .step(1, prices -> prices.get("prices"))
                .step(2, prices -> {
                    prices.forEach(articles ->
                            articles.forEach(price -> ((ObjectNode) price).put("valid_from", "2026-01-31")));
                    return prices;
                })
                .build();
        VersionedCodec<Object> codec = new JsonPersistedFormat(mapper).codec(PRICES, migrations);

        assertThat(codec.decode(in("{\"prices\":{\"tea\":[{\"net_amount\":1.50}]}}"), 1))
                .isEqualTo(TEA);
        assertThat(codec.decode(in("{\"tea\":[{\"net_amount\":1.50}]}"), 2)).isEqualTo(TEA);
        assertThat(codec.decode(in(encoded(codec, TEA)), 3)).isEqualTo(TEA);
        assertThatThrownBy(() -> codec.decode(in("{}"), 0)).hasMessageContaining("0");
    }

    @Test
    void aRecordDoesNotDecideWhichClassIsMade() throws Exception {
        JsonMapper typing = JsonMapper.builder()
                .activateDefaultTyping(
                        BasicPolymorphicTypeValidator.builder()
                                .allowIfBaseType(Object.class)
                                .build(),
                        DefaultTyping.NON_FINAL,
                        JsonTypeInfo.As.PROPERTY)
                .build();
        VersionedCodec<Object> codec = new JsonPersistedFormat(typing).codec(Object.class, Migrations.none(1));

        assertThat(codec.decode(in("{\"@class\":\"java.util.TreeMap\",\"a\":1}"), 1))
                .isEqualTo(Map.of("@class", "java.util.TreeMap", "a", 1));
    }

    @Test
    void whatIsNotTheDataIsRefused() {
        VersionedCodec<Object> codec = new JsonPersistedFormat(mapper).codec(PRICES, Migrations.none(1));

        assertThatThrownBy(() -> codec.decode(in("{} {}"), 1)).hasMessageContaining("railing");
        assertThatThrownBy(() -> codec.decode(in("{\"tea\":"), 1)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> codec.decode(in("[]"), 1)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void dataOfAnotherTypeIsNamedByItsPlaceAndNotByItsValue() {
        VersionedCodec<Object> codec = new JsonPersistedFormat(mapper).codec(PRICES, Migrations.none(1));

        assertThatThrownBy(() -> codec.decode(in("{\"tea\":[{\"net_amount\":\"secret\"}]}"), 1))
                .hasMessageContaining("data.tea[0].net_amount")
                .hasMessageContaining("java.math.BigDecimal")
                .hasMessageNotContaining("secret");
    }

    @Test
    void theStreamIsLeftOpenAndWrittenInParts() throws Exception {
        VersionedCodec<Object> codec = new JsonPersistedFormat(mapper).codec(Object.class, Migrations.none(1));
        Counting out = new Counting();

        codec.encode(List.of("x".repeat(100_000), "y".repeat(100_000)), out);

        assertThat(out.closed).isFalse();
        assertThat(out.longest).isLessThan(20_000);
        assertThat(out.total).isEqualTo(200_007);
    }

    private static String encoded(VersionedCodec<Object> codec, Object data) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        codec.encode(data, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Counting extends OutputStream {

        private int total;
        private int longest;
        private boolean closed;

        @Override
        public void write(int b) {
            total++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            total += length;
            longest = Math.max(longest, length);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
