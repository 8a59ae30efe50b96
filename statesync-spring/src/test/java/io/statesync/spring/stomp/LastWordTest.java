package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;

/** A RECEIPT and an ERROR for one session that two writers bring at once. */
class LastWordTest {

    private final List<String> said = new ArrayList<>();
    private final LastWord lastWord = new LastWord();

    @Test
    void itWaitsForWhatIsBeingSentAndNothingFollows() {
        assertThat(lastWord.begin()).isTrue();
        assertThat(lastWord.begin()).isTrue();
        lastWord.end(() -> said.add("ERROR"));
        lastWord.end(() -> said.add("another"));
        lastWord.finish();
        assertThat(said).isEmpty();
        assertThat(lastWord.begin()).isFalse();

        lastWord.finish();

        assertThat(said).containsExactly("ERROR");
        assertThat(lastWord.begin()).isFalse();
    }

    @Test
    void itIsSaidAtOnceWhereNothingIsBeingSent() {
        lastWord.end(() -> said.add("ERROR"));

        assertThat(said).containsExactly("ERROR");
    }

    @Test
    void theErrorIsNotLostThoughItsSessionIsClosedBehindIt() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        FakeSocket socket = new FakeSocket((closed, status) -> {});
        socket.beforeEach(command -> {
            if (command.equals("RECEIPT")) {
                writing.countDown();
                written.await();
            }
        });
        ConcurrentWebSocketSessionDecorator session =
                new ConcurrentWebSocketSessionDecorator(socket, Integer.MAX_VALUE, Integer.MAX_VALUE);
        StompIntake intake = new StompIntake(new WriterQueue(Integer.MAX_VALUE));

        CompletableFuture<Void> slow = CompletableFuture.runAsync(
                () -> intake.handleMessageToClient(session, frame(StompCommand.RECEIPT, socket.getId())));
        writing.await();
        intake.handleMessageToClient(session, frame(StompCommand.ERROR, socket.getId()));
        written.countDown();
        slow.join();

        assertThat(socket.received("ERROR")).isEqualTo(1);
        assertThat(socket.isOpen()).isFalse();
    }

    private static Message<byte[]> frame(StompCommand command, String session) {
        StompHeaderAccessor headers = StompHeaderAccessor.create(command);
        headers.setSessionId(session);
        return MessageBuilder.createMessage(new byte[0], headers.getMessageHeaders());
    }
}
