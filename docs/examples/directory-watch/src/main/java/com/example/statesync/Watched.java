package com.example.statesync;

import io.statesync.InvalidationHandler;
import io.statesync.Subscription;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One subscription. Its handler is called by one thread at a time; of what comes while it is busy the newest is kept. */
final class Watched implements Subscription {

    final String file;
    private final InvalidationHandler handler;
    private final Executor executor;
    private final Consumer<Watched> onClose;
    private final CompletableFuture<Void> active = new CompletableFuture<>();
    private final AtomicReference<@Nullable String> newest = new AtomicReference<>();
    private final AtomicBoolean delivering = new AtomicBoolean();
    private volatile boolean closed;

    /** Written by the looking thread alone. */
    private String seen = "";

    Watched(String topic, InvalidationHandler handler, Executor executor, Consumer<Watched> onClose) {
        this.file = EventFile.name(topic);
        this.handler = handler;
        this.executor = executor;
        this.onClose = onClose;
    }

    @Override
    public CompletionStage<Void> active() {
        return active;
    }

    @Override
    public void close() {
        closed = true;
        onClose.accept(this);
    }

    /** The looking thread: the directory was read, and this was in the file, or nothing. */
    void looked(String text) {
        if (!text.isEmpty() && !text.equals(seen)) {
            seen = text;
            newest.set(text);
            executor.execute(this::deliver);
        }
        active.complete(null);
    }

    void lost(Throwable cause) {
        tell(() -> handler.onConnectionLost(cause));
    }

    void restored() {
        if (!active.complete(null)) {
            tell(handler::onConnectionRestored);
        }
    }

    private void deliver() {
        while (newest.get() != null && delivering.compareAndSet(false, true)) {
            try {
                String text = newest.getAndSet(null);
                if (text != null && !closed) {
                    EventFile.read(text, handler);
                }
            } finally {
                delivering.set(false);
            }
        }
    }

    private void tell(Runnable message) {
        executor.execute(() -> {
            if (!closed) {
                message.run();
            }
        });
    }
}
