package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompDecoder;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;

/** What Spring's decoder reads in a frame. */
class EventFrameTest {

    private static final byte[] PAYLOAD = "{\"topic\":\"Preise \u978b\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void everyClientReadsTheSameUnderItsOwnId() {
        EventFrame frame = EventFrame.of("Preise \u978b", PAYLOAD, 7);

        for (String id : new String[] {"0", "a:b\\c\n\r", "\u978b"}) {
            Message<byte[]> read = new StompDecoder()
                    .decode(ByteBuffer.wrap(frame.to(id).asBytes()))
                    .get(0);
            StompHeaderAccessor headers = StompHeaderAccessor.wrap(read);

            assertThat(headers.getCommand()).isEqualTo(StompCommand.MESSAGE);
            assertThat(headers.getFirstNativeHeader("subscription")).isEqualTo(id);
            assertThat(headers.getFirstNativeHeader("message-id")).isEqualTo("7");
            assertThat(headers.getFirstNativeHeader("content-type")).isEqualTo("application/json");
            assertThat(headers.getDestination()).isEqualTo(Destinations.of("Preise \u978b"));
            assertThat(read.getPayload()).isEqualTo(PAYLOAD);
        }
    }
}
