package io.statesync.spring.stomp;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.SimpAttributesContextHolder;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.SessionLimitExceededException;
import org.springframework.web.socket.messaging.StompSubProtocolHandler;

/**
 * Where clients' messages come in, and where what they are told goes out. What is no STOMP, out of order, or more of it than
 * a session may have, ends the session with an ERROR and one line at DEBUG: Spring would log an ERROR for each. Messages come
 * in on the container's threads, one at a time per session, and go out on any of the writers.
 */
final class StompIntake extends StompSubProtocolHandler {

    private static final Logger log = LoggerFactory.getLogger(StompIntake.class);
    private static final String SCREEN = StompIntake.class.getName() + ".screen";
    private static final byte[] NO_BODY = new byte[0];

    private final WriterQueue queue;

    /** @param queue what waits for the writers that bring messages to clients */
    StompIntake(WriterQueue queue) {
        this.queue = queue;
        setMessageSizeLimit(StompScreen.MAX_FRAME);
    }

    @Override
    public void handleMessageFromClient(WebSocketSession session, WebSocketMessage<?> message, MessageChannel channel) {
        StompScreen screen = screenOf(session);
        // what is still under way from a client that was refused counts no more
        if (!session.isOpen()
                || screen.lastWord().isKnown()
                || !screen.farewell().begin()) {
            return;
        }
        try {
            handle(session, screen, message, channel);
        } finally {
            if (screen.farewell().finish()) {
                super.afterSessionEnded(session, CloseStatus.SESSION_NOT_RELIABLE, channel);
            }
        }
    }

    @Override
    public void afterSessionEnded(WebSocketSession session, CloseStatus status, MessageChannel channel) {
        if (screenOf(session).farewell().end()) {
            super.afterSessionEnded(session, status, channel);
        }
    }

    private static StompScreen screenOf(WebSocketSession session) {
        return (StompScreen) session.getAttributes().computeIfAbsent(SCREEN, absent -> new StompScreen());
    }

    private void handle(
            WebSocketSession session, StompScreen screen, WebSocketMessage<?> message, MessageChannel channel) {
        try {
            for (Message<byte[]> frame : screen.frames(message)) {
                handle(session, frame, channel);
            }
        } catch (StompScreen.Refused e) {
            refuse(session, e.getMessage(), e.receipt());
        } catch (RuntimeException e) {
            log.debug("A frame of session {} could not be handled", session.getId(), e);
            refuse(session, "this cannot be handled here", null);
        }
    }

    private static void handle(WebSocketSession session, Message<byte[]> frame, MessageChannel channel) {
        StompHeaderAccessor headers = MessageHeaderAccessor.getAccessor(frame, StompHeaderAccessor.class);
        if (headers == null) {
            throw new IllegalStateException("a decoded frame without its headers: " + frame);
        }
        headers.setSessionId(session.getId());
        headers.setSessionAttributes(session.getAttributes());
        headers.setUser(session.getPrincipal());
        headers.setHeader(SimpMessageHeaderAccessor.HEART_BEAT_HEADER, headers.getHeartbeat());
        headers.setImmutable();
        try {
            SimpAttributesContextHolder.setAttributesFromMessage(frame);
            channel.send(frame);
        } finally {
            SimpAttributesContextHolder.resetAttributes();
        }
    }

    private void refuse(WebSocketSession session, @Nullable String refusal, @Nullable String receipt) {
        log.debug("Session {} ends: {}", session.getId(), refusal);
        StompHeaderAccessor error = StompHeaderAccessor.create(StompCommand.ERROR);
        error.setMessage(refusal);
        if (receipt != null) {
            error.setReceiptId(receipt);
        }
        try {
            write(session, MessageBuilder.createMessage(NO_BODY, error.getMessageHeaders()));
        } catch (RuntimeException e) {
            log.debug("Session {} did not hear why it ends", session.getId(), e);
            closeQuietly(session);
        }
    }

    private static void closeQuietly(WebSocketSession session) {
        try {
            session.close(CloseStatus.SESSION_NOT_RELIABLE);
        } catch (IOException | RuntimeException e) {
            log.debug("Session {} could not be closed", session.getId(), e);
        }
    }

    /** Called by any of the writers, several at a time. */
    @Override
    public void handleMessageToClient(WebSocketSession session, Message<?> message) {
        if (queue.overflown(session.getId())) {
            throw new SessionLimitExceededException("too much waits for it", CloseStatus.SESSION_NOT_RELIABLE);
        }
        write(session, message);
    }

    /* An ERROR comes last, and Spring closes the session behind it. */
    private void write(WebSocketSession session, Message<?> message) {
        LastWord lastWord = screenOf(session).lastWord();
        if (isError(message)) {
            lastWord.end(() -> super.handleMessageToClient(session, message));
        } else if (lastWord.begin()) {
            try {
                if (message instanceof SubscriberFrame frame) {
                    send(session, frame);
                } else {
                    super.handleMessageToClient(session, message);
                }
            } finally {
                lastWord.finish();
            }
        }
    }

    /* A session that is over its limits ends where this was called. */
    private static void send(WebSocketSession session, SubscriberFrame frame) {
        try {
            session.sendMessage(frame.getPayload().to(frame.subscription()));
        } catch (SessionLimitExceededException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            log.debug("Session {} ends: it could not be sent to", session.getId(), e);
            closeQuietly(session);
        }
    }

    @Override
    public @Nullable String resolveSessionId(Message<?> message) {
        return message instanceof SubscriberFrame frame ? frame.sessionId() : super.resolveSessionId(message);
    }

    private static boolean isError(Message<?> message) {
        if (message instanceof SubscriberFrame) {
            return false;
        }
        StompHeaderAccessor headers = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
        return headers != null && headers.getCommand() == StompCommand.ERROR;
    }
}
