package io.statesync.mutation.jdbc;

import io.statesync.mutation.store.StoreEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Events that go into one database transaction, and those who wait for it. Guarded by the intake until it is taken. */
final class Batch {

    final List<StoreEvent> events = new ArrayList<>();
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    private final CompletionStage<Void> stage = settled.minimalCompletionStage();
    long last;

    CompletionStage<Void> stage() {
        return stage;
    }

    void committed() {
        settled.complete(null);
    }

    void failed(Throwable why) {
        settled.completeExceptionally(why);
    }
}
