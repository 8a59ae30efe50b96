package io.statesync.spring.stomp;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Keeps out what is not admitted. It is answered with an ERROR that says why and carries the receipt id, so that a client
 * with many topics knows which one was meant; by the rules of STOMP the connection ends with it.
 */
final class InboundGuard implements ChannelInterceptor {

    private static final Logger log = LoggerFactory.getLogger(InboundGuard.class);

    private final Admission admission;
    private final MessageChannel outbound;
    private final AtomicBoolean warned = new AtomicBoolean();

    InboundGuard(Admission admission, MessageChannel outbound) {
        this.admission = admission;
        this.outbound = outbound;
    }

    @Override
    public @Nullable Message<?> preSend(Message<?> message, MessageChannel channel) {
        String refusal = refusalOf(message);
        if (refusal == null) {
            return message;
        }
        refuse(message, refusal);
        return null;
    }

    private @Nullable String refusalOf(Message<?> message) {
        try {
            return admission.refusalOf(message);
        } catch (RuntimeException e) {
            if (warned.compareAndSet(false, true)) {
                log.warn(
                        "A client was refused, because the application's rules could not be asked; more of it is logged at"
                                + " DEBUG",
                        e);
            } else {
                log.debug("A client was refused, because the application's rules could not be asked", e);
            }
            return "whether this user may do this could not be found out";
        }
    }

    private void refuse(Message<?> message, String refusal) {
        StompHeaderAccessor error = StompHeaderAccessor.create(StompCommand.ERROR);
        error.setMessage(refusal);
        error.setSessionId(SimpMessageHeaderAccessor.getSessionId(message.getHeaders()));
        StompHeaderAccessor request = StompHeaderAccessor.wrap(message);
        if (request.getReceipt() != null) {
            error.setReceiptId(request.getReceipt());
        }
        log.debug("Refused {} of session {}: {}", request.getCommand(), request.getSessionId(), refusal);
        outbound.send(
                MessageBuilder.createMessage(refusal.getBytes(StandardCharsets.UTF_8), error.getMessageHeaders()));
    }
}
