package io.statesync.spring.stomp;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.support.ExecutorChannelInterceptor;

/**
 * Counts what waits for a writer, per session, and lets no more of it wait than was said: when all writers are held by slow
 * clients, what is announced meanwhile must not fill the memory. A session that is over its limit has missed something and
 * has to end; its client comes back and refreshes. Safe for use by any thread.
 */
final class WriterQueue implements ExecutorChannelInterceptor {

    private static final Waiting FIRST = new Waiting(1, false);

    private final int limit;

    /** Only sessions for which something waits. */
    private final ConcurrentMap<String, Waiting> sessions = new ConcurrentHashMap<>();

    WriterQueue(int limit) {
        this.limit = limit;
    }

    /** Whether something was left out for this session. */
    boolean overflown(String sessionId) {
        Waiting waiting = sessions.get(sessionId);
        return waiting != null && waiting.overflown();
    }

    /** Something is about to wait for a writer; false if it must not. What enters leaves. */
    boolean enter(String sessionId) {
        return !sessions.merge(sessionId, FIRST, (before, one) -> before.withOneMoreWithin(limit))
                .overflown();
    }

    /** It does not wait any more. */
    void leave(String sessionId) {
        sessions.computeIfPresent(sessionId, (id, before) -> before.withoutOne());
    }

    @Override
    public @Nullable Message<?> preSend(Message<?> message, MessageChannel channel) {
        String session = SimpMessageHeaderAccessor.getSessionId(message.getHeaders());
        return session == null || enter(session) ? message : null;
    }

    @Override
    public void afterMessageHandled(
            Message<?> message, MessageChannel channel, MessageHandler handler, @Nullable Exception failure) {
        String session = SimpMessageHeaderAccessor.getSessionId(message.getHeaders());
        if (session != null) {
            leave(session);
        }
    }

    private record Waiting(int count, boolean overflown) {

        Waiting withOneMoreWithin(int limit) {
            return overflown || count >= limit ? new Waiting(count, true) : new Waiting(count + 1, false);
        }

        @Nullable
        Waiting withoutOne() {
            return count == 1 ? null : new Waiting(count - 1, overflown);
        }
    }
}
