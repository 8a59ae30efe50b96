package io.statesync.concurrency;

import io.statesync.Revision;
import io.statesync.mutation.PersistResult;
import io.statesync.mutation.RowModel;
import io.statesync.mutation.SyncConfig;
import io.statesync.mutation.SyncSink;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.SyncedCollections;
import io.statesync.mutation.SyncedRows;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A collection of two rows, {@code a} and {@code b}, whose backend never answers: what is pending stays. */
final class Rows {

    record Row(String key, long value) {}

    final SyncedCollections collections = SyncedCollections.builder()
            .scheduler(new NoTime())
            .executor(Runnable::run)
            .callbackExecutor(Runnable::run)
            .build();

    final SyncedCollection<String, Row> rows;

    /** Set by the setup, on the constructor's thread. */
    SyncSink<String, Row> sink;

    Rows() {
        SyncConfig<String, Row> config = SyncConfig.of("rows", RowModel.ofRecord(Row.class, Row::key), this::setUp)
                .withMutationFn(context -> new CompletableFuture<PersistResult>());
        rows = collections.open(config);
        collections.start();
    }

    private CompletionStage<SyncedRows<Row>> setUp(SyncSink<String, Row> itsSink) {
        sink = itsSink;
        return CompletableFuture.completedStage(both(1, 0));
    }

    static SyncedRows<Row> both(long revision, long value) {
        return new SyncedRows<>(new Revision(revision), List.of(new Row("a", value), new Row("b", value)));
    }

    static Row plusOne(Row row) {
        return new Row(row.key(), row.value() + 1);
    }

    long value(String key) {
        return rows.get(key).value();
    }
}
