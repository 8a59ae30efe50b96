package io.statesync.test;

import io.statesync.Revision;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.persistence.RecordBytes;
import io.statesync.persistence.RecordVersion;
import io.statesync.persistence.SnapshotPersistence;
import io.statesync.persistence.SnapshotPersistenceBuilder;
import io.statesync.persistence.SnapshotStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A persistence whose time and threads are in the test's hand. */
final class PersistenceTestBed {

    static final String TOPIC = "price-list";
    static final Instant START = Instant.ofEpochMilli(1_800_000_000_000L);

    final ManualScheduler time = new ManualScheduler();
    final ManualExecutor threads = new ManualExecutor();
    final AtomicReference<Instant> date = new AtomicReference<>(START);
    final RecordingPersistenceListener heard = new RecordingPersistenceListener();
    final RecordingApplier<String> inner = new RecordingApplier<>();
    final FaultyStorage storage;

    PersistenceTestBed(SnapshotStorage store) {
        this.storage = new FaultyStorage(store);
    }

    SnapshotPersistenceBuilder<String> describe() {
        return describe(1);
    }

    SnapshotPersistenceBuilder<String> describe(int schema) {
        return SnapshotPersistence.forTopic(TOPIC)
                .storage(storage)
                .codec(TextCodec.at(schema))
                .executor(threads)
                .scheduler(time)
                .clock(date::get)
                .listener(heard);
    }

    /** Applies a snapshot as the engine would; what is then due is saved by {@link #settle}. */
    void apply(SnapshotPersistence<String> persistence, long revision, String data) {
        apply(persistence.around(inner), revision, data);
    }

    void apply(SnapshotApplier<String> applier, long revision, String data) {
        try {
            applier.apply(envelope(revision, data));
        } catch (Exception e) {
            throw new AssertionError("the applier failed", e);
        }
    }

    static SnapshotEnvelope<String> envelope(long revision, @Nullable String data) {
        return new SnapshotEnvelope<>(new Revision(revision), data);
    }

    /** Runs what the persistence has to do now. */
    void settle() {
        threads.runAll();
    }

    void pass(Duration duration) {
        time.advance(duration);
        settle();
    }

    Optional<SnapshotEnvelope<String>> load(SnapshotPersistence<String> persistence) {
        return done(persistence.load());
    }

    /** The outcome of what only waits for the persistence's threads. */
    <R> R done(CompletableFuture<R> future) {
        settle();
        return future.join();
    }

    /** Closes while another thread does the persistence's work. */
    void close(SnapshotPersistence<?> persistence) {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Caller caller = Caller.of(() -> {
            persistence.close();
            closed.complete(null);
        });
        Patience.until("the closing", () -> {
            settle();
            return closed.isDone();
        });
        caller.awaitEnd();
    }

    void plant(String revision, int schema, RecordBytes record) {
        plant(new RecordVersion(Revision.parse(revision), schema), record);
    }

    void plant(RecordVersion version, RecordBytes record) {
        try {
            storage.save(TOPIC, version, record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<RecordBytes> stored() {
        try {
            return storage.load(TOPIC);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
