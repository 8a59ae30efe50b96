package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.support.ExecutorSubscribableChannel;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.handler.SessionLimitExceededException;

/** What waits while all writers are held by slow clients. */
class WriterQueueTest {

    private final WriterQueue queue = new WriterQueue(3);
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final ExecutorSubscribableChannel outbound = new ExecutorSubscribableChannel(waiting::add);

    WriterQueueTest() {
        outbound.addInterceptor(queue);
        outbound.subscribe(message -> {});
    }

    @Test
    void noMoreWaitsForAClientThanItsLimitAndOthersAreNotConcerned() {
        for (int i = 0; i < 100; i++) {
            outbound.send(to("slow"));
        }
        outbound.send(to("quick"));

        assertThat(waiting).hasSize(3 + 1);
        assertThat(queue.overflown("slow")).isTrue();
        assertThat(queue.overflown("quick")).isFalse();
    }

    @Test
    void whatIsWrittenMakesRoom() {
        for (int i = 0; i < 100; i++) {
            outbound.send(to("a"));
            waiting.remove().run();
        }

        assertThat(queue.overflown("a")).isFalse();
    }

    @Test
    void whatPassesByTheChannelCountsWithTheRest() {
        outbound.send(to("slow"));
        assertThat(queue.enter("slow")).isTrue();
        assertThat(queue.enter("slow")).isTrue();

        assertThat(queue.enter("slow")).isFalse();
        outbound.send(to("slow"));

        assertThat(waiting).hasSize(1);
        assertThat(queue.overflown("slow")).isTrue();
        queue.leave("slow");
        queue.leave("slow");
        waiting.remove().run();
        assertThat(queue.enter("slow")).isTrue();
    }

    @Test
    void aClientThatMissedSomethingIsSentAwayAndNothingIsRememberedOfIt() {
        for (int i = 0; i < 4; i++) {
            outbound.send(to("slow"));
        }
        FakeSocket slow = new FakeSocket("slow", (socket, status) -> {});

        assertThatThrownBy(() -> new StompIntake(queue).handleMessageToClient(slow, to("slow")))
                .isInstanceOf(SessionLimitExceededException.class)
                .extracting(e -> ((SessionLimitExceededException) e).getStatus())
                .isEqualTo(CloseStatus.SESSION_NOT_RELIABLE);

        waiting.forEach(Runnable::run);
        assertThat(queue.overflown("slow")).isFalse();
    }

    private static Message<byte[]> to(String session) {
        SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
        headers.setSessionId(session);
        return MessageBuilder.createMessage(new byte[0], headers.getMessageHeaders());
    }
}
