package io.statesync.spring.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** MU-D3: what is read is what was written. */
class JsonRowCodecTest {

    record Item(UUID id, List<String> tags, Instant since) {}

    private final Item item = new Item(new UUID(1, 2), List.of("a", "b"), Instant.ofEpochSecond(7));

    @Test
    void rowsAndKeysComeBackEqual() {
        JsonRowCodec<UUID, Item> codec = new JsonRowCodec<>(JsonMapper.shared(), UUID.class, Item.class);

        assertThat(codec.read(codec.write(item), codec.version())).isEqualTo(item);
        assertThat(codec.readKey(codec.writeKey(item.id()))).isEqualTo(item.id());
        assertThat(codec.id()).isEqualTo("json");
    }

    @Test
    void aKeyOfTextIsWrittenAsItIs() {
        JsonRowCodec<String, Item> codec = new JsonRowCodec<>(JsonMapper.shared(), String.class, Item.class);

        assertThat(codec.writeKey("a \"b\"")).isEqualTo("a \"b\"");
        assertThat(codec.readKey("a \"b\"")).isEqualTo("a \"b\"");
    }

    @Test
    void defaultTypingOfTheApplicationIsNotTaken() {
        JsonMapper typing = JsonMapper.builder()
                .activateDefaultTyping(
                        BasicPolymorphicTypeValidator.builder()
                                .allowIfBaseType(Object.class)
                                .build(),
                        DefaultTyping.NON_FINAL_AND_RECORDS)
                .build();
        JsonRowCodec<UUID, Item> codec = new JsonRowCodec<>(typing, UUID.class, Item.class);

        assertThat(new String(codec.write(item))).doesNotContain("io.statesync", "java.util");
        assertThat(codec.read(codec.write(item), 1)).isEqualTo(item);
    }

    @Test
    void anotherVersionIsRefusedAndSaysWhy() {
        JsonRowCodec<UUID, Item> codec = new JsonRowCodec<>(JsonMapper.shared(), UUID.class, Item.class);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.read(codec.write(item), 2))
                .withMessageContaining("version 2");
    }
}
