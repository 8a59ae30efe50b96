package io.statesync.test.mutation;

import io.statesync.Revision;
import io.statesync.mutation.Refresher;
import io.statesync.mutation.SyncSink;
import io.statesync.mutation.SyncSource;
import io.statesync.mutation.SyncedRows;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The source that stands before a backend under test. Used by one thread. */
final class TestSource<K, T> implements SyncSource<K, T>, Refresher {

    private final SyncControl<K, T> control;
    private @Nullable SyncSink<K, T> sink;

    TestSource(SyncControl<K, T> control) {
        this.control = control;
    }

    @Override
    public CompletionStage<SyncedRows<T>> setup(SyncSink<K, T> its) {
        sink = its;
        return CompletableFuture.completedStage(control.snapshot());
    }

    @Override
    public void refresh(@Nullable Revision atLeast) {
        if (control.echoing()) {
            control.emitAgain();
        }
    }

    SyncSink<K, T> sink() {
        SyncSink<K, T> current = sink;
        if (current == null) {
            throw new IllegalStateException("the collection has not begun: call runUntilIdle() before");
        }
        return current;
    }
}
