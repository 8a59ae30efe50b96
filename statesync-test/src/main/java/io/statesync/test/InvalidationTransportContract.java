package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.ReceivedInvalidation;
import io.statesync.Revision;
import io.statesync.Subscription;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every transport for invalidations promises (TC). Extend it, say how the transport is opened, closed and cut off, and
 * each case runs; a transport with a server extends {@link ServerTransportContract}. Topics have names with the prefix
 * {@code "tc-"}, but for {@link #FOREIGN_SCRIPT}.
 */
public abstract class InvalidationTransportContract {

    /** A topic whose name no channel can take as it is. */
    protected static final String FOREIGN_SCRIPT = "Preise für/Обувь.*>#? ≤ 鞋 👟";

    private Set<Thread> before = Set.of();

    /** Opens both halves, the server too if there is one; all topics may be subscribed. */
    protected abstract void open() throws Exception;

    /** Closes everything that {@link #open} opened, and waits until it is closed. Idempotent. */
    protected abstract void close() throws Exception;

    /** The receiving half. */
    protected abstract InvalidationSubscriber subscriber();

    /** The sending half: what it takes arrives at {@link #subscriber()}. */
    protected abstract InvalidationPublisher publisher();

    /** Puts something on a topic's channel that is no event; where a channel carries typed events only, the oddest one. */
    protected abstract void sendGarbage(String topic);

    /** Cuts the publisher off. */
    protected abstract void disconnect() throws Exception;

    /** Undoes {@link #disconnect}. Asked only of a transport that took an event meanwhile. */
    protected abstract void reconnect() throws Exception;

    @BeforeEach
    void openTransport() throws Exception {
        before = threads();
        open();
    }

    @AfterEach
    void closeTransport() throws Exception {
        close();
    }

    @Test
    @DisplayName("TC-01: every field arrives unchanged, for topics in any script")
    void everyFieldArrivesUnchanged() {
        for (String topic : List.of("tc-plain", FOREIGN_SCRIPT)) {
            RecordingHandler handler = new RecordingHandler();
            listen(topic, handler);
            InvalidationEvent full = new InvalidationEvent(
                    topic, Revision.MAX, "kühl-7/ö", 1_700_000_000_123L, "00-0af7651916cd43dd8448eb211c80319c-b7-01");
            InvalidationEvent bare = InvalidationEvent.of(topic, Revision.ZERO);

            publisher().publish(full);
            heard(handler, 1);
            publisher().publish(bare);
            heard(handler, 2);

            assertThat(handler.received()).containsExactly(received(full), received(bare));
        }
    }

    @Test
    @DisplayName("TC-02: garbage reaches the handler, and the transport lives on")
    void garbageReachesTheHandler() {
        RecordingHandler handler = new RecordingHandler();
        listen("tc-garbage", handler);

        sendGarbage("tc-garbage");
        Patience.until(
                "the garbage is handed over",
                () -> handler.malformed().size() + handler.received().size() == 1);

        publish("tc-garbage", 2);
        Patience.until("an event arrives after it", () -> handler.revisions().contains("2"));
    }

    @Test
    @DisplayName("TC-03: a closed subscription hears nothing, another one of the same topic does")
    void aClosedSubscriptionHearsNothing() {
        RecordingHandler closed = new RecordingHandler();
        RecordingHandler open = new RecordingHandler();
        Subscription subscription = listen("tc-closed", closed);
        listen("tc-closed", open);
        publish("tc-closed", 1);
        heard(closed, 1);

        subscription.close();
        subscription.close();
        publish("tc-closed", 2);

        heard(open, 2);
        assertThat(closed.revisions()).containsExactly("1");
    }

    @Test
    @DisplayName("TC-07: a slow handler on one topic does not delay another")
    void aSlowHandlerDelaysNoOther() throws Exception {
        RecordingHandler slow = new RecordingHandler();
        RecordingHandler quick = new RecordingHandler();
        listen("tc-slow", slow);
        listen("tc-quick", quick);
        slow.hold();
        try {
            // on its own thread: a transport in one process may call handlers on the publisher's
            CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> publish("tc-slow", 1));
            heard(slow, 1);

            publish("tc-quick", 1);

            heard(quick, 1);
            slow.release();
            publishing.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } finally {
            slow.release();
        }
    }

    @Test
    @DisplayName("TC-07: of what arrives while a handler is slow, the newest is handed over in the end")
    void aSlowHandlerHearsTheNewestInTheEnd() {
        RecordingHandler slow = new RecordingHandler();
        listen("tc-slow", slow);
        slow.hold();
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> {
            for (int revision = 1; revision <= 1000; revision++) {
                publish("tc-slow", revision);
            }
        });
        heard(slow, 1);

        slow.release();
        publishing.join();

        Patience.until("the newest arrives", () -> slow.revisions().contains("1000"));
    }

    @Test
    @DisplayName("TC-08: close ends all threads")
    void closeEndsAllThreads() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        listen("tc-threads", handler);
        publish("tc-threads", 1);
        heard(handler, 1);

        close();

        Awaitility.await()
                .atMost(Patience.LIMIT)
                .untilAsserted(() -> assertThat(left()).isEmpty());
    }

    @Test
    @DisplayName("TC-10: publishing while disconnected fails, or the event is delivered later; never silence")
    void publishingWhileDisconnectedIsNeverSilent() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        listen("tc-cut-off", handler);
        disconnect();

        RuntimeException refusal = null;
        try {
            publish("tc-cut-off", 7);
        } catch (RuntimeException e) {
            refusal = e;
        }

        if (refusal == null) {
            reconnect();
            Patience.until("it is delivered", () -> handler.revisions().contains("7"));
        } else {
            assertThat(refusal).hasMessageContaining("tc-cut-off");
        }
    }

    /** Subscribes, and waits until the subscription is active. */
    final Subscription listen(String topic, RecordingHandler handler) {
        Subscription subscription = subscriber().subscribe(topic, handler);
        awaitActive(List.of(subscription));
        return subscription;
    }

    static void awaitActive(List<Subscription> subscriptions) {
        // until, not orTimeout: that leaves a thread of the JDK behind
        CompletableFuture<Void> active = CompletableFuture.allOf(subscriptions.stream()
                .map(subscription -> subscription.active().toCompletableFuture())
                .toArray(CompletableFuture[]::new));
        Patience.until(subscriptions.size() + " subscriptions are active", active::isDone);
        active.join();
    }

    final void publish(String topic, long revision) {
        publisher().publish(InvalidationEvent.of(topic, new Revision(revision)));
    }

    static void heard(RecordingHandler handler, int events) {
        Patience.until(events + " events arrive", () -> handler.received().size() >= events);
    }

    private static ReceivedInvalidation received(InvalidationEvent event) {
        return new ReceivedInvalidation(
                event.topic(), event.revision().toString(), event.sourceId(), event.timestampMs(), event.traceparent());
    }

    private Set<Thread> left() {
        Set<Thread> left = threads();
        left.removeAll(before);
        // the JDK's own, whoever is asking, and the timer that all of the process share and that ends when nothing is
        // scheduled
        left.removeIf(thread -> thread.getName().startsWith("ForkJoinPool.commonPool")
                || thread.getName().startsWith("awaitility")
                || thread.getName().equals("statesync-timer")
                || thread.getThreadGroup() == null
                || thread.getThreadGroup().getName().equals("system")
                || thread.getThreadGroup().getName().equals("InnocuousThreadGroup"));
        return left;
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .collect(Collectors.toSet());
    }
}
