package io.statesync.memory;

import io.statesync.InvalidationHandler;
import io.statesync.Subscription;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One subscription of an {@link InMemoryTransport}. */
final class Listening implements Subscription {

    private final InMemoryTransport transport;
    final String topic;
    final InvalidationHandler handler;

    /* guarded by the monitor */
    private boolean confirmed;

    private boolean closed;

    /** Who waits for the confirmation, guarded by the monitor; mostly it has come before somebody asks. */
    private @Nullable CompletableFuture<Void> waiting;

    Listening(InMemoryTransport transport, String topic, InvalidationHandler handler) {
        this.transport = transport;
        this.topic = topic;
        this.handler = handler;
    }

    /** The transport is connected. */
    void confirm() {
        CompletableFuture<Void> told;
        synchronized (this) {
            confirmed = true;
            told = waiting;
            waiting = null;
        }
        if (told != null) {
            told.complete(null);
        }
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
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        transport.remove(this);
    }
}
