package io.statesync.spring.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.InvalidationHandler;
import io.statesync.ProtocolException;
import io.statesync.spring.json.InvalidationMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On an executor that runs when told: the handler is as slow as the test. */
class MailboxTest {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private final Mailbox mailbox = new Mailbox("prices", new Ear(), tasks::add);

    @Test
    void lettersArriveInOrder() {
        event("a", 1);
        put(new Letter.Lost(null));
        put(new Letter.Restored());
        event("a", 2);
        runAll();

        assertThat(told).containsExactly("a:1", "lost", "restored", "a:2");
    }

    @Test
    void behindASlowHandlerTheNewestOfEachSourceIsKept() {
        for (int revision = 1; revision <= 10_000; revision++) {
            event(revision % 2 == 0 ? "even" : "odd", revision);
        }
        runAll();

        assertThat(told).hasSize(Mailbox.CAPACITY).contains("odd:9999", "even:10000");
    }

    @Test
    void behindASlowHandlerAnOlderEventDoesNotReplaceANewerOne() {
        for (int revision = 100; revision < 100 + Mailbox.CAPACITY; revision++) {
            event("a", revision);
        }
        event("a", 5);
        runAll();

        assertThat(told).hasSize(Mailbox.CAPACITY).doesNotContain("a:5");
    }

    @Test
    void garbageBehindASlowHandlerIsBoundedToo() {
        event("a", 1);
        for (int i = 0; i < 1_000; i++) {
            put(new Letter.Received(
                    new InvalidationMessage.Malformed("prices", "garbage " + i, new ProtocolException("no event"))));
        }
        runAll();

        assertThat(told).hasSize(Mailbox.CAPACITY).contains("garbage 999");
    }

    @Test
    void aThreadThatCannotBeHadOnceDelaysTheLetterOnly() {
        AtomicBoolean exhausted = new AtomicBoolean(true);
        Mailbox starved = new Mailbox("prices", new Ear(), task -> {
            if (exhausted.getAndSet(false)) {
                throw new InternalError("no thread to be had");
            }
            tasks.add(task);
        });
        starved.put(new Letter.Lost(null));
        starved.wake();
        starved.put(new Letter.Restored());
        starved.wake();
        runAll();

        assertThat(told).containsExactly("lost", "restored");
    }

    @Test
    void aConnectionThatFlapsLeavesItsLastStateOnly() {
        for (int i = 0; i < 100; i++) {
            put(new Letter.Lost(null));
            put(new Letter.Restored());
        }
        put(new Letter.Lost(null));
        runAll();

        assertThat(told).containsExactly("lost");
    }

    @Test
    void aReturnThatIsOverBeforeItIsToldMakesNoSecondLoss() {
        put(new Letter.Lost(null));
        runAll();

        put(new Letter.Restored());
        put(new Letter.Lost(null));
        runAll();
        put(new Letter.Restored());
        runAll();

        assertThat(told).containsExactly("lost", "restored");
    }

    @Test
    void aClosedMailboxDeliversNothing() {
        event("a", 1);
        mailbox.close();
        event("a", 2);
        runAll();

        assertThat(told).isEmpty();
    }

    @Test
    void aHandlerThatThrowsHearsTheNextLetter() {
        event("throw", 1);
        event("a", 2);
        runAll();

        assertThat(told).containsExactly("throw:1", "a:2");
    }

    @Test
    void anExecutorThatRefusesOnceIsTriedWithTheNextLetter() {
        boolean[] refuse = {true};
        Mailbox refused = new Mailbox("prices", new Ear(), task -> {
            if (refuse[0]) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        });
        refused.put(new Letter.Lost(null));
        refused.wake();
        refuse[0] = false;
        refused.put(new Letter.Restored());
        refused.wake();

        assertThat(told).containsExactly("lost", "restored");
    }

    private void event(String source, long revision) {
        put(new Letter.Received(new InvalidationMessage.Event("prices", Long.toString(revision), source, -1, null)));
    }

    private void put(Letter letter) {
        mailbox.put(letter);
        mailbox.wake();
    }

    private void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private final class Ear implements InvalidationHandler {

        @Override
        public void onInvalidation(
                @Nullable String topic,
                @Nullable String revision,
                @Nullable String sourceId,
                long timestampMs,
                @Nullable String traceparent) {
            told.add(sourceId + ":" + revision);
            if ("throw".equals(sourceId)) {
                throw new IllegalStateException("a handler that breaks its contract");
            }
        }

        @Override
        public void onMalformed(@Nullable Object payload, Throwable error) {
            told.add(String.valueOf(payload));
        }

        @Override
        public void onConnectionLost(@Nullable Throwable cause) {
            told.add("lost");
        }

        @Override
        public void onConnectionRestored() {
            told.add("restored");
        }
    }
}
