package io.statesync.test;

import io.statesync.InvalidationHandler;
import io.statesync.ReceivedInvalidation;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A handler that records everything a transport tells it, and that a test holds. Safe for use by any thread. */
public final class RecordingHandler implements InvalidationHandler {

    private final Gate gate = new Gate("handler");
    private final Queue<ReceivedInvalidation> received = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> malformed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger restored = new AtomicInteger();

    @Override
    public void onInvalidation(
            @Nullable String topic,
            @Nullable String revision,
            @Nullable String sourceId,
            long timestampMs,
            @Nullable String traceparent) {
        received.add(new ReceivedInvalidation(topic, revision, sourceId, timestampMs, traceparent));
        Gate.Pass pass = gate.enter();
        try {
            pass.go();
        } catch (Exception e) {
            throw new IllegalStateException("the handler was told to fail", e);
        } finally {
            gate.exit();
        }
    }

    @Override
    public void onMalformed(@Nullable Object payload, Throwable error) {
        malformed.add(error);
    }

    @Override
    public void onConnectionLost(@Nullable Throwable cause) {
        lost.incrementAndGet();
    }

    @Override
    public void onConnectionRestored() {
        restored.incrementAndGet();
    }

    /** Events that arrive from now on are recorded, and then held until {@link #release}. */
    public void hold() {
        gate.hold(false);
    }

    /** Lets the held events go, and later ones pass. */
    public void release() {
        gate.open();
    }

    /** The events, in order. */
    public List<ReceivedInvalidation> received() {
        return List.copyOf(received);
    }

    /** The revisions of the events, in order, as they came. */
    public List<String> revisions() {
        return received.stream().map(event -> String.valueOf(event.revision())).toList();
    }

    /** Why the malformed messages were none. */
    public List<Throwable> malformed() {
        return List.copyOf(malformed);
    }

    /** How often the connection was lost. */
    public int connectionsLost() {
        return lost.get();
    }

    /** How often it came back. */
    public int connectionsRestored() {
        return restored.get();
    }
}
