package io.statesync.memory;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationHandler;
import io.statesync.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One subscription of an {@link InMemoryTransport}. */
final class Listening implements Audience, Subscription {

    private final InMemoryTransport transport;
    final String topic;
    final InvalidationHandler handler;

    /** Guarded by the monitor. */
    private boolean confirmed;

    /** Who waits for the confirmation, guarded by the monitor; mostly it has come before somebody asks. */
    private @Nullable CompletableFuture<Void> waiting;

    Listening(InMemoryTransport transport, String topic, InvalidationHandler handler) {
        this.transport = transport;
        this.topic = topic;
        this.handler = handler;
    }

    @Override
    public void tell(InvalidationEvent event) {
        handler.onInvalidation(
                event.topic(), event.revision().toString(), event.sourceId(), event.timestampMs(), event.traceparent());
    }

    @Override
    public List<Listening> all() {
        return List.of(this);
    }

    /** The transport is connected; whether that is said for the first time. */
    boolean confirm() {
        CompletableFuture<Void> told;
        synchronized (this) {
            if (confirmed) {
                return false;
            }
            confirmed = true;
            told = waiting;
            waiting = null;
        }
        if (told != null) {
            told.complete(null);
        }
        return true;
    }

    @Override
    public synchronized CompletionStage<Void> active() {
        if (confirmed) {
            return CompletableFuture.completedStage(null);
        }
        CompletableFuture<Void> asked = waiting == null ? new CompletableFuture<>() : waiting;
        waiting = asked;
        return asked;
    }

    @Override
    public void close() {
        transport.remove(this);
    }
}
