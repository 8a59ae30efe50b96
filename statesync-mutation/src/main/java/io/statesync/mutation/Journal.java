package io.statesync.mutation;

import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.mutation.store.Recovery;
import io.statesync.mutation.store.RecoverySink;
import io.statesync.mutation.store.StorageInUseException;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.StoreHealth;
import io.statesync.mutation.store.TransactionStorage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The storage as the engine uses it: where it cannot be opened, or does not keep what it promised, that is said, and the work
 * goes on without (MU-D2).
 */
final class Journal {

    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    private final Engine engine;
    private final TransactionStorage chosen;

    /** The chosen one; one that forgets, where that could not be opened. Written once, by the start. */
    private volatile TransactionStorage storage;

    private volatile @Nullable Throwable unopened;
    private final AtomicBoolean failing = new AtomicBoolean();

    Journal(Engine engine) {
        this.engine = engine;
        chosen = engine.settings.storage;
        storage = chosen;
    }

    boolean keepsBytes() {
        return storage.keepsBytes();
    }

    /** Whether a collection needs a codec: also for a storage that is not open yet. */
    boolean wantsBytes() {
        return chosen.keepsBytes();
    }

    Recovery open(RecoverySink sink) {
        try {
            return chosen.open(sink);
        } catch (Throwable thrown) {
            log.error(
                    "The transaction storage cannot be opened: transactions are kept in memory only, and are lost when"
                            + " this process ends",
                    thrown);
            unopened = thrown;
            storage = TransactionStorage.memory();
            report(thrown);
            return new Recovery(0, 0, 0);
        }
    }

    /** Under the engine's lock, in order. */
    long append(StoreEvent event) {
        return storage.append(event);
    }

    /** As {@link #append}, of an event that is made when the storage asks for it. */
    long appendLazily(String transactionId, Supplier<? extends StoreEvent> event) {
        return storage.appendLazily(transactionId, event);
    }

    /** Completes when the position is on disk; fails if it will not be (MU-D2). */
    CompletionStage<Void> durable(long position) {
        Throwable without = unopened;
        return without != null ? CompletableFuture.failedStage(without) : storage.durable(position);
    }

    /** Runs the task when the position is on disk, or is known not to get there: then it goes on without (MU-R1). */
    void whenDurable(long position, Runnable task) {
        if (unopened != null) {
            task.run();
            return;
        }
        storage.durable(position).whenComplete((nothing, error) -> {
            kept(error);
            task.run();
        });
    }

    /** As {@link #whenDurable}, but on the callback executor, and not later than after this time. */
    void boundedly(long position, Duration limit, Runnable task) {
        AtomicBoolean done = new AtomicBoolean();
        Alarm alarm = new Alarm();
        Runnable once = () -> {
            if (done.compareAndSet(false, true)) {
                alarm.off();
                task.run();
            }
        };
        whenDurable(position, () -> Engine.run(engine.callbacks, once));
        if (!done.get()) {
            engine.later(alarm, limit, once);
        }
    }

    private void kept(@Nullable Throwable error) {
        if (error == null) {
            if (failing.get()) {
                failing.set(false);
            }
        } else if (failing.compareAndSet(false, true)) {
            log.error("The transaction storage fails: what is not stored is lost when this process ends", error);
            report(Outcomes.unwrap(error));
        }
    }

    private void report(Throwable error) {
        engine.report(SyncErrorContext.of(SyncPhase.STORE, null, error));
    }

    TransactionStorage storage() {
        return storage;
    }

    StoreHealth health() {
        Throwable without = unopened;
        StoreHealth health = storage.health();
        return without == null
                ? health
                : new StoreHealth(
                        false,
                        "it cannot be opened: " + without,
                        0,
                        without instanceof StorageInUseException,
                        health.inHeap());
    }

    void close() {
        chosen.close();
    }
}
