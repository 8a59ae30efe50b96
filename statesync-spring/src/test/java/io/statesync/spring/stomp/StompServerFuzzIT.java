package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.spring.Fuzz;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Strangers at the STOMP server over real sockets on Tomcat. */
class StompServerFuzzIT {

    private static final int INPUTS = 3_000;

    private final StompTestServer server = new StompTestServer(0, Duration.ofSeconds(5));
    private final Fuzz fuzz = new Fuzz("the STOMP server on Tomcat", INPUTS);
    private final FuzzedFrames frames = new FuzzedFrames(fuzz, "prices", "feature.flags", StompTestServer.HIDDEN);

    @AfterEach
    void close() {
        fuzz.close();
        server.close();
    }

    @Test
    void strangersHarmNobodyAndLeaveNoSessionBehind() throws Exception {
        try (RawStomp friend = new RawStomp(server.port()).connect()) {
            friend.subscribe("1", Destinations.of("prices")).await("RECEIPT");
            RawStomp[] stranger = {new RawStomp(server.port())};

            fuzz.play(number -> {
                byte[] message =
                        fuzz.oneIn(10) ? fuzz.bytes(500) : frames.text().getBytes(StandardCharsets.UTF_8);
                boolean open = stranger[0].say(message, fuzz.oneIn(6));
                if (!open || fuzz.oneIn(20)) {
                    stranger[0].close();
                    stranger[0] = new RawStomp(server.port());
                }
            });
            stranger[0].close();

            server.stomp()
                    .publish(new InvalidationEvent(
                            "prices", new Revision(1), null, InvalidationEvent.NO_TIMESTAMP, null));
            assertThat(friend.await("MESSAGE")).contains("prices");
            await().until(() -> server.stomp().sessions() == 1);
            assertThat(fuzz.loud()).isEmpty();
        }
        await().until(() -> server.stomp().sessions() == 0);
    }
}
