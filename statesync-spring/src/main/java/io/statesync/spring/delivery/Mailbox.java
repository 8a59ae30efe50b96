package io.statesync.spring.delivery;

import io.statesync.InvalidationHandler;
import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.spring.json.InvalidationMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a topic's letters to its handler: in order, one at a time, on an executor, so that a slow handler delays neither
 * the socket nor another topic. Memory is bounded: an event is only an invalidation, so once {@value #CAPACITY} messages
 * wait, the newest of each source replaces those before it. A return that was over before it was told is not told.
 */
public final class Mailbox {

    /** How many messages wait at most. */
    public static final int CAPACITY = 64;

    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);
    private static final int BATCH = 16;

    private final String topic;
    private final InvalidationHandler handler;
    private final Executor executor;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private final Deque<Letter> waiting = new ArrayDeque<>();
    private int messages;
    private boolean draining;
    private boolean closed;

    /** @param executor where the handler is called */
    public Mailbox(String topic, InvalidationHandler handler, Executor executor) {
        this.topic = topic;
        this.handler = handler;
        this.executor = executor;
    }

    /** Puts a letter in its place; nobody reads it before {@link #wake}. */
    public void put(Letter letter) {
        lock.lock();
        try {
            if (!closed) {
                add(letter);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Has the letters delivered, if nobody does yet. Not to be called under a lock: the executor is foreign code. */
    public void wake() {
        lock.lock();
        try {
            if (draining || waiting.isEmpty()) {
                return;
            }
            draining = true;
        } finally {
            lock.unlock();
        }
        handOver();
    }

    /** Afterwards the handler hears nothing, but for a call that is running. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    private void add(Letter letter) {
        if (letter instanceof Letter.Received received) {
            if (messages < CAPACITY || makeRoom(received.message())) {
                messages++;
                waiting.add(letter);
            }
            return;
        }
        boolean stillLost =
                letter instanceof Letter.Lost && waiting.removeIf(older -> older instanceof Letter.Restored);
        if (!stillLost) { // else the handler has not heard of a return yet: for it the one loss goes on
            waiting.add(letter);
        }
    }

    /** Removes what the message makes superfluous, else the oldest; false if the message itself is superfluous. */
    private boolean makeRoom(InvalidationMessage message) {
        for (Iterator<Letter> newestFirst = waiting.descendingIterator(); newestFirst.hasNext(); ) {
            if (newestFirst.next() instanceof Letter.Received older && sameSource(older.message(), message)) {
                boolean newer = isNewer(message, older.message());
                if (newer) {
                    newestFirst.remove();
                    messages--;
                }
                return newer;
            }
        }
        for (Iterator<Letter> oldestFirst = waiting.iterator(); oldestFirst.hasNext(); ) {
            if (oldestFirst.next() instanceof Letter.Received oldest) {
                log.debug("The handler of topic {} is slow: dropped {}", topic, oldest.message());
                oldestFirst.remove();
                messages--;
                return true;
            }
        }
        return true;
    }

    private static boolean sameSource(InvalidationMessage older, InvalidationMessage newer) {
        return older instanceof InvalidationMessage.Event a
                && newer instanceof InvalidationMessage.Event b
                && a.topic().equals(b.topic())
                && Objects.equals(a.sourceId(), b.sourceId())
                && revisionOf(a) != null
                && revisionOf(b) != null;
    }

    private static boolean isNewer(InvalidationMessage message, InvalidationMessage than) {
        Revision revision = revisionOf(message);
        Revision other = revisionOf(than);
        return revision != null && other != null && revision.isNewerThan(other);
    }

    private static @Nullable Revision revisionOf(InvalidationMessage message) {
        try {
            return message instanceof InvalidationMessage.Event event ? Revision.parse(event.revision()) : null;
        } catch (ProtocolException e) {
            return null; // the engine reports it when it is delivered
        }
    }

    private void handOver() {
        try {
            executor.execute(this::drain);
        } catch (RuntimeException | Error e) {
            lock.lock();
            try {
                draining = false; // the next letter tries again
            } finally {
                lock.unlock();
            }
            log.debug("No thread for the handler of topic {}", topic, e);
        }
    }

    /* A few, then the thread goes back: no topic keeps it for itself. */
    private void drain() {
        for (int i = 0; i < BATCH; i++) {
            Letter letter = next();
            if (letter == null) {
                return;
            }
            try {
                letter.deliver(handler);
            } catch (RuntimeException | Error e) {
                log.warn("The invalidation handler of topic {} threw", topic, e);
            }
        }
        handOver();
    }

    private @Nullable Letter next() {
        lock.lock();
        try {
            Letter letter = waiting.poll();
            if (letter == null) {
                draining = false;
            } else if (letter instanceof Letter.Received) {
                messages--;
            }
            return letter;
        } finally {
            lock.unlock();
        }
    }
}
