package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;

/** What a server says when it refuses is shown in the log: bounded, and one line. */
class StompErrorExceptionTest {

    private final StompHeaderAccessor error = StompHeaderAccessor.create(StompCommand.ERROR);

    @Test
    void controlCharactersOfBothKindsAreLeftOut() {
        error.setMessage("no\nWARN forged \u001b[2J\u009b2J");

        assertThat(StompErrorException.of(error, new byte[0])).hasMessage("no WARN forged  [2J 2J");
    }

    @Test
    void aLongBodyIsCut() {
        byte[] body = "x".repeat(1_000).getBytes(StandardCharsets.UTF_8);

        assertThat(StompErrorException.of(error, body)).hasMessage("x".repeat(300) + "...");
    }
}
