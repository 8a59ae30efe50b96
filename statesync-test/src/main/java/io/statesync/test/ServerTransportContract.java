package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Subscription;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a transport promises besides whose two halves meet at a server that can die (TC). */
public abstract class ServerTransportContract extends InvalidationTransportContract {

    private static final int MANY = 10_000;

    /** Ends the server without a farewell, as a kill does. */
    protected abstract void killServer() throws Exception;

    /** Starts it again at the same address, and returns when it listens. */
    protected abstract void startServer() throws Exception;

    /** How many connections the receiving half holds at the server. */
    protected abstract int connections();

    @Override
    protected void disconnect() throws Exception {
        killServer();
    }

    @Override
    protected void reconnect() throws Exception {
        startServer();
    }

    @Test
    @DisplayName("TC-04: 10,000 topics share one connection")
    void manyTopicsShareOneConnection() {
        RecordingHandler first = new RecordingHandler();
        RecordingHandler last = new RecordingHandler();
        RecordingHandler between = new RecordingHandler();
        List<Subscription> subscriptions = new ArrayList<>();
        long heap = heap();
        long begun = System.nanoTime();
        for (int i = 0; i < MANY; i++) {
            RecordingHandler handler = i == 0 ? first : i == MANY - 1 ? last : between;
            subscriptions.add(subscriber().subscribe("tc-many-" + i, handler));
        }

        awaitActive(subscriptions);

        System.out.printf(
                "%s: %,d topics active after %d ms, %d bytes of heap each%n",
                getClass().getSimpleName(),
                MANY,
                Duration.ofNanos(System.nanoTime() - begun).toMillis(),
                (heap() - heap) / MANY);
        assertThat(connections()).isEqualTo(1);
        publish("tc-many-0", 1);
        publish("tc-many-" + (MANY - 1), 2);
        heard(first, 1);
        heard(last, 1);
        assertThat(first.revisions()).containsExactly("1");
        assertThat(last.revisions()).containsExactly("2");
    }

    /* What is in use after a collection, in bytes; to be read, not to be asserted. */
    private static long heap() {
        for (int i = 0; i < 3; i++) { // what the first leaves to cleaners the next ones take
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    @DisplayName("TC-05: the server dies and comes back: lost and restored are told once, and each event arrives once")
    void theServerDiesAndComesBack() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        RecordingHandler other = new RecordingHandler();
        listen("tc-restart", handler);
        listen("tc-other", other);

        for (int life = 1; life <= 2; life++) {
            int lives = life;
            killServer();
            Patience.until("the loss is told", () -> handler.connectionsLost() == lives);
            startServer();
            Patience.until(
                    "the return is told",
                    () -> handler.connectionsRestored() == lives && other.connectionsRestored() == lives);
            publish("tc-restart", life);
            heard(handler, life);
        }

        publish("tc-restart", 3);
        Patience.until("the last event arrives", () -> handler.revisions().contains("3"));
        assertThat(handler.revisions()).containsExactly("1", "2", "3");
        assertThat(handler.connectionsLost()).isEqualTo(2);
        assertThat(handler.connectionsRestored()).isEqualTo(2);
    }

    @Test
    @DisplayName("TC-05: a subscription that was closed while the server was away stays closed")
    void whatWasClosedMeanwhileStaysClosed() throws Exception {
        RecordingHandler closed = new RecordingHandler();
        RecordingHandler open = new RecordingHandler();
        Subscription subscription = listen("tc-restart", closed);
        listen("tc-restart", open);

        killServer();
        Patience.until("the loss is told", () -> open.connectionsLost() == 1);
        subscription.close();
        startServer();
        Patience.until("the return is told", () -> open.connectionsRestored() == 1);
        publish("tc-restart", 1);

        heard(open, 1);
        assertThat(closed.received()).isEmpty();
    }

    @Test
    @DisplayName("TC-11: ten scenarios converge, with one restart of the server in the middle")
    void tenScenariosConverge() throws Exception {
        ConvergenceScenarios.over(this::subscriber, event -> publisher().publish(event))
                .restarting(() -> {
                    killServer();
                    startServer();
                })
                .run();
    }
}
