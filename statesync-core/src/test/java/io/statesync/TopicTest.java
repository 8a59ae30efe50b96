package io.statesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {

    private static final String EMOJI = "\uD83D\uDE00";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "price-list",
                "cache:user:123",
                "a b",
                "feature.flags",
                "preise-\u00FCber",
                "~",
                "\uD83D\uDE00"
            })
    void aValidNameIsItsOwnDecodedEncoding(String name) {
        assertThat(Topic.requireValid(name)).isEqualTo(name);
        assertThat(Topic.encode(name)).matches("[A-Za-z0-9_~-]+");
        assertThat(Topic.decode(Topic.encode(name))).isEqualTo(name);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                " x",
                "x ",
                "\u00A0x",
                "x\u2003",
                "a\nb",
                "a\u0000b",
                "a\u0085b",
                "\uD83D",
                "a\uDE00b",
                "\uDE00\uD83D"
            })
    void aNameThatBreaksARuleIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Topic.requireValid(name))
                .withMessageStartingWith("illegal topic name");
    }

    @Test
    void theMessageSaysWhichRuleANameBreaks() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Topic.requireValid("a\nb"))
                .withMessageContaining("\"a?b\"")
                .withMessageContaining("control character");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Topic.requireValid("x".repeat(256)))
                .withMessageContaining("longer than 255")
                .withMessageContaining("...")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Topic.requireValid("x\uD800"))
                .withMessageContaining("surrogate");
    }

    @Test
    void lengthIsCountedInCodePoints() {
        String longest = EMOJI.repeat(255);

        assertThat(Topic.requireValid(longest)).isEqualTo(longest);
        assertThat(Topic.decode(Topic.encode(longest))).isEqualTo(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> Topic.requireValid(EMOJI.repeat(256)));
        assertThatIllegalArgumentException().isThrownBy(() -> Topic.decode(Topic.encode(EMOJI.repeat(256))));
    }

    @Test
    void bytesOutsideThePlainOnesAreEscaped() {
        assertThat(Topic.encode("feature.flags")).isEqualTo("feature~2eflags");
        assertThat(Topic.encode("a/b")).isEqualTo("a~2fb");
        assertThat(Topic.encode("~")).isEqualTo("~7e");
        assertThat(Topic.encode("\u00FC")).isEqualTo("~c3~bc");
        assertThat(Topic.encode("..")).isEqualTo("~2e~2e");
    }

    @Test
    void distinctNamesHaveDistinctEncodings() {
        List<String> names = List.of("a.b", "a~2eb", "a-b", "a_b", "A.b", "a b", "a/b", "a:b");
        Set<String> encoded = new HashSet<>();

        names.forEach(name -> encoded.add(Topic.encode(name)));

        assertThat(encoded).hasSameSizeAs(names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.b",
                "a~2Eb",
                "~61",
                "a~",
                "a~2",
                "~zz",
                "a~2g",
                "~c3",
                "~c3~28",
                "~ed~a0~80",
                "~20x",
                "~0a",
                "\u0161",
                "~~"
            })
    void whatEncodeDoesNotWriteIsNotDecoded(String encoded) {
        assertThatIllegalArgumentException().isThrownBy(() -> Topic.decode(encoded));
    }

    @Test
    void aSyncForAnIllegalTopicIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> RevisionSync.forTopic(" x"));
    }
}
