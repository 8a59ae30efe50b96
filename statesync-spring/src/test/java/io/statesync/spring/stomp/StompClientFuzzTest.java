package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.InvalidationHandler;
import io.statesync.Revision;
import io.statesync.spring.Fuzz;
import io.statesync.test.ManualScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.socket.TextMessage;

/** A hostile server at the STOMP client, without sockets: the client's own transport, frame by frame. */
class StompClientFuzzTest {

    private static final int INPUTS = 30_000;
    private static final String CONNECTED = "CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0";

    private final Fuzz fuzz = new Fuzz("the STOMP client", INPUTS);
    private final FuzzedFrames frames = new FuzzedFrames(fuzz, "prices", "flags");
    private final ManualScheduler scheduler = new ManualScheduler();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Ear handler = new Ear();
    private final HostileServer server = new HostileServer();
    private final StompTransport transport = StompTransport.to(List.of("http://hostile:8080"))
            .client(server)
            .scheduler(scheduler)
            .executor(tasks::add)
            .build();

    @AfterEach
    void close() {
        transport.close();
        fuzz.close();
    }

    @Test
    void whateverAServerSaysTheClientConnectsAgainAndHears() throws Exception {
        fuzz.play(number -> {
            if (!server.isConnected()) {
                connect();
            }
            server.say(
                    fuzz.oneIn(3)
                            ? frames.message()
                            : new TextMessage(fuzz.oneIn(8) ? fuzz.mutated(frame()) : frame()));
            if (fuzz.oneIn(100)) {
                server.close();
            }
            runTasks();
            assertThat(scheduler.pendingTimers()).isLessThan(100);
        });

        server.close();
        connect();
        server.say(new TextMessage(CONNECTED));
        runTasks();
        int before = handler.heard;
        server.say(new TextMessage(message("{\"topic\":\"prices\",\"revision\":\"7\"}")));
        runTasks();
        assertThat(handler.heard).isEqualTo(before + 1);
        assertThat(fuzz.loud()).isEmpty();
        fuzz.assertNoGrowth();
    }

    /** Lets the transport come back by itself; a topic that was refused for good is subscribed anew. */
    private void connect() {
        scheduler.advance(Duration.ofSeconds(11));
        runTasks();
        if (!server.isConnected()) {
            transport.subscribe(fuzz.oneOf("prices", "flags"), handler);
            runTasks();
        }
        assertThat(server.isConnected()).isTrue();
    }

    private String frame() {
        String body = "{\"topic\":\"prices\",\"revision\":\"" + new Revision(fuzz.random.nextLong()) + "\"}";
        return switch (fuzz.below(6)) {
            case 0, 1 -> CONNECTED;
            case 2 -> "RECEIPT\nreceipt-id:" + server.lastSubscription() + "\n\n\0";
            case 3 -> fuzz.oneIn(5) ? "ERROR\nmessage:no\nreceipt-id:" + server.lastSubscription() + "\n\n\0" : "\n";
            default -> message(fuzz.oneIn(2) ? body : fuzz.mutated(body));
        };
    }

    private String message(String body) {
        return "MESSAGE\nsubscription:" + server.lastSubscription() + "\nmessage-id:1\n\n" + body + "\0";
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private static final class Ear implements InvalidationHandler {

        int heard;

        @Override
        public void onInvalidation(
                @Nullable String topic,
                @Nullable String revision,
                @Nullable String sourceId,
                long timestampMs,
                @Nullable String traceparent) {
            heard++;
        }

        @Override
        public void onMalformed(@Nullable Object payload, Throwable error) {
            // part of the noise
        }

        @Override
        public void onConnectionLost(@Nullable Throwable cause) {
            // part of the noise
        }

        @Override
        public void onConnectionRestored() {
            // part of the noise
        }
    }
}
