package io.statesync.mutation;

import io.statesync.Revision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A source that a test speaks for. Used by one thread. */
final class HandSource implements SyncSource<String, Todo>, Refresher {

    final List<CompletableFuture<SyncedRows<Todo>>> setups = new ArrayList<>();
    final List<SyncSink<String, Todo>> sinks = new ArrayList<>();
    final List<@Nullable Revision> refreshes = new ArrayList<>();

    @Override
    public CompletionStage<SyncedRows<Todo>> setup(SyncSink<String, Todo> sink) {
        sinks.add(sink);
        CompletableFuture<SyncedRows<Todo>> initial = new CompletableFuture<>();
        setups.add(initial);
        return initial;
    }

    @Override
    public void refresh(@Nullable Revision atLeast) {
        refreshes.add(atLeast);
    }

    void initial(Todo... rows) {
        setups.get(setups.size() - 1).complete(SyncedRows.of(List.of(rows)));
    }

    void initial(long revision, Todo... rows) {
        setups.get(setups.size() - 1).complete(new SyncedRows<>(new Revision(revision), List.of(rows)));
    }

    void all(Todo... rows) {
        sink().onUpdate(SyncedRows.of(Arrays.asList(rows)));
    }

    void all(long revision, Todo... rows) {
        sink().onUpdate(new SyncedRows<>(new Revision(revision), Arrays.asList(rows)));
    }

    void upsert(Todo... rows) {
        sink().onDelta(null, RowDelta.upsert(List.of(rows)));
    }

    void upsert(long revision, Todo... rows) {
        sink().onDelta(new Revision(revision), RowDelta.upsert(List.of(rows)));
    }

    void delete(String... keys) {
        sink().onDelta(null, RowDelta.delete(List.of(keys)));
    }

    SyncSink<String, Todo> sink() {
        return sinks.get(sinks.size() - 1);
    }
}
