package io.statesync.spring.relay;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.policy.Scheduler;
import io.statesync.spring.json.InvalidationCodec;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.util.MimeTypeUtils;

/**
 * Announces over a STOMP broker, on the caller's thread: returns when the broker has confirmed that it has the event. It has
 * one connection, made when it is first needed, without heart-beats; one that the broker has closed meanwhile is made anew.
 * Safe for use by any thread.
 */
public final class RelayPublisher implements InvalidationPublisher, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RelayPublisher.class);

    private final RelayBroker broker;
    private final Scheduler scheduler;
    private final InvalidationCodec codec = new InvalidationCodec();

    /** Held while the broker is asked: its connection is one. */
    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private @Nullable RelayConnection open;
    private long receipts;
    private boolean closed;
    private boolean silent;
    private long silentSince;

    /** @param scheduler where time comes from */
    public RelayPublisher(RelayBroker broker, Scheduler scheduler) {
        this.broker = broker;
        this.scheduler = scheduler;
    }

    /**
     * Announces. A broker that does not answer holds up the caller for its answer time-out, and then nobody else for as long
     * again: they fail at once.
     *
     * @throws IllegalStateException if the broker does not confirm it in time, or this is closed
     */
    @Override
    public void publish(InvalidationEvent event) {
        byte[] payload = codec.encode(event);
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("this publisher is closed");
            }
            requireVoice();
            if (!sendOverTheOld(payload)) {
                send(connected(), payload);
            }
        } catch (SocketTimeoutException e) {
            silent = true;
            silentSince = scheduler.now();
            throw refused(event, e);
        } catch (IOException | RuntimeException e) {
            throw refused(event, e);
        } finally {
            lock.unlock();
        }
    }

    private IllegalStateException refused(InvalidationEvent event, Exception cause) {
        return new IllegalStateException(
                "the invalidation of topic \"" + event.topic() + "\" was not announced over the broker " + broker,
                cause);
    }

    private void requireVoice() throws IOException {
        if (silent && scheduler.now() - silentSince < broker.answerTimeout().toNanos()) {
            throw new IOException(
                    "it has just not answered for " + broker.answerTimeout().toMillis() + " ms");
        }
        silent = false;
    }

    /* A connection that nobody used for a while may have been closed at the other side. */
    private boolean sendOverTheOld(byte[] payload) throws IOException {
        RelayConnection old = open;
        if (old == null) {
            return false;
        }
        try {
            send(old, payload);
            return true;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            log.debug("The connection to the broker {} is made anew", broker, e);
            return false;
        }
    }

    private RelayConnection connected() throws IOException {
        RelayConnection fresh = RelayConnection.open(broker, Duration.ZERO).connection();
        open = fresh;
        return fresh;
    }

    private void send(RelayConnection to, byte[] payload) throws IOException {
        StompHeaderAccessor frame = StompHeaderAccessor.create(StompCommand.SEND);
        frame.setDestination(broker.destination());
        frame.setContentType(MimeTypeUtils.APPLICATION_JSON);
        try {
            to.confirmed(frame, Long.toString(++receipts), payload, broker.answerTimeout());
        } catch (IOException | RuntimeException e) {
            open = null;
            to.abort();
            throw e;
        }
    }

    /** Disconnects. */
    @Override
    public void close() {
        lock.lock();
        try (RelayConnection ending = open) {
            closed = true;
            open = null;
        } catch (IOException e) {
            log.debug("No farewell to the broker {}", broker, e);
        } finally {
            lock.unlock();
        }
    }
}
