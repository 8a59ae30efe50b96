package io.statesync.spring.stomp;

import io.statesync.InvalidationHandler;
import io.statesync.reliability.FuzzTarget;
import io.statesync.reliability.Input;
import io.statesync.reliability.Oracle;
import io.statesync.spring.LogLine;
import io.statesync.test.ManualScheduler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.TextMessage;

/**
 * What a server says to a replica's STOMP client. Nothing is thrown into the web socket's library, what is heard is of the
 * topic that was subscribed, and afterwards the client connects again and hears.
 */
public final class ClientFramesTarget implements FuzzTarget {

    private static final String CONNECTED = "CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0";
    private static final String SUBSCRIPTION = "@";
    private static final int MOST_TIMERS = 10;

    private final ManualScheduler scheduler = new ManualScheduler();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Ear ear = new Ear();
    private final HostileServer server = new HostileServer();
    private final StompTransport transport = StompTransport.to(List.of("http://hostile:8080"))
            .client(server)
            .scheduler(scheduler)
            .executor(tasks::add)
            .build();

    @Override
    public List<byte[]> seeds() {
        String event = "{\"topic\":\"prices\",\"revision\":\"7\"}";
        String message = "MESSAGE\nsubscription:@\nmessage-id:1\ndestination:/topic/statesync.prices\n\n";
        return List.of(
                Input.of("RECEIPT\nreceipt-id:@\n\n\0" + message + event + "\0", 1),
                Input.of(CONNECTED + "\n\n" + message + "{}\0", 0),
                Input.of("ERROR\nmessage:no\\nway\nreceipt-id:@\n\nbody\0", 1),
                Input.of("MESSAGE\nsubscription:other\nmessage-id:1\ncontent-length:9\n\n\0" + event, 1),
                Input.of("RECEIP\u001bERROR\n\n\0", 1),
                Input.of("CONNECTED\nversion:9\nheart-beat:99999999999,-1\n\n\0", 0),
                Input.of("CONNECTED\nversion:1.2\nheart-beat:1,1\n\n\0", 0));
    }

    @Override
    public void play(byte[] bytes) throws Exception {
        Input input = new Input(bytes);
        boolean connected = input.yes();
        String said = input.restAsText();
        connect();
        if (connected) {
            say(CONNECTED);
        }
        say(said.replace(SUBSCRIPTION, server.lastSubscription()));
        scheduler.advance(Duration.ofSeconds(1));
        runTasks();
        Oracle.holds(scheduler.pendingTimers() <= MOST_TIMERS, scheduler.pendingTimers() + " timers");
        server.close();
        runTasks();

        connect();
        say(CONNECTED);
        int before = ear.heard;
        say("MESSAGE\nsubscription:" + server.lastSubscription() + "\nmessage-id:1\n\n"
                + "{\"topic\":\"prices\",\"revision\":\"7\"}\0");
        Oracle.same(before + 1, ear.heard, "events heard after a new connection");
        if (ear.broken != null) {
            throw ear.broken;
        }
    }

    /* Lets the transport come back by itself; a topic that was refused for good is subscribed anew. */
    private void connect() {
        scheduler.advance(Duration.ofSeconds(11));
        runTasks();
        if (!server.isConnected()) {
            transport.subscribe("prices", ear);
            runTasks();
        }
        Oracle.holds(server.isConnected(), "it does not connect again");
    }

    private void say(String frames) throws Exception {
        server.say(new TextMessage(frames.getBytes(StandardCharsets.UTF_8)));
        runTasks();
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private static final class Ear implements InvalidationHandler {

        int heard;

        @Nullable
        AssertionError broken;

        @Override
        public void onInvalidation(
                @Nullable String topic,
                @Nullable String revision,
                @Nullable String sourceId,
                long timestampMs,
                @Nullable String traceparent) {
            judge(() -> Oracle.holds(topic != null && revision != null, "an event without topic or revision"));
            heard++;
        }

        @Override
        public void onMalformed(@Nullable Object payload, Throwable error) {
            judge(() -> Oracle.saysWhy(error));
        }

        @Override
        public void onConnectionLost(@Nullable Throwable cause) {
            if (cause != null) {
                judge(() -> Oracle.oneLine(LogLine.of(cause)));
            }
        }

        /* What a handler throws is caught by the transport: it is thrown again by those who play. */
        private void judge(Runnable oracle) {
            try {
                oracle.run();
            } catch (AssertionError e) {
                broken = e;
            }
        }

        @Override
        public void onConnectionRestored() {
            // nothing to be said of it
        }
    }
}
