package io.statesync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.ProtocolException;
import io.statesync.spring.json.InvalidationCodec;
import io.statesync.spring.json.InvalidationMessage;
import io.statesync.spring.json.SnapshotCodec;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What comes from afar cannot write a line of its own into a log, nor move a terminal's cursor. */
class LogInjectionTest {

    private static final String FORGED = "a\nWARN forged\r\u001b[2Jb\u009b2J\u0085c";

    @ParameterizedTest
    @ValueSource(strings = {"k\u007f", "x\u001b", "y\u009b2J", "z\u0085"})
    void whatIsNoJsonIsQuotedInOneLine(String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        InvalidationMessage event = new InvalidationCodec().decode(bytes);

        assertThat(event).isInstanceOfSatisfying(InvalidationMessage.Malformed.class, it -> isOneLine(it.error()));
        try {
            new SnapshotCodec(JsonMapper.builder().build()).decode(new ByteArrayInputStream(bytes), Map.class);
        } catch (ProtocolException refused) {
            isOneLine(refused);
        }
    }

    @Test
    void anErrorOfTheProtocolIsOneLine() {
        assertThat(new ProtocolException("got " + FORGED)).hasMessage("got a?WARN forged??[2Jb?2J?c");
        assertThat(new ProtocolException("all is well \u00e4\ud83d\ude00"))
                .hasMessage("all is well \u00e4\ud83d\ude00");
    }

    @Test
    void theReasonInALogLineIsOneLineWhoeverThrewIt() {
        String reason = Reasons.of(new IllegalStateException("top \u001b[2J", new RuntimeException("root" + FORGED)));

        assertThat(reason)
                .doesNotContain("\n", "\r", "\u001b", "\u009b", "\u0085")
                .contains("top ?[2J");
    }

    private static void isOneLine(Throwable error) {
        assertThat(error.getMessage().chars()).noneMatch(Character::isISOControl);
    }
}
