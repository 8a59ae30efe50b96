package io.statesync.mutation;

import io.statesync.mutation.store.StoreHealth;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/** The front door's other side. Safe for use by any thread. */
final class OpenCollections implements SyncedCollections {

    private final Engine engine;
    private final Restoring restoring;
    private final Transactions transactions;

    /** Guards what is open and whether it was started; taken before the engine's lock. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Collected<?, ?>> open = new LinkedHashMap<>();
    private boolean started;
    private boolean closed;

    OpenCollections(SyncedCollectionsBuilder settings) {
        engine = new Engine(settings);
        restoring = new Restoring(engine);
        transactions = new AllTransactions(engine, restoring);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K, T> SyncedCollection<K, T> open(SyncConfig<K, T> config) {
        lock.lock();
        try {
            Collected<?, ?> known = open.get(config.id());
            if (known == null) {
                known = opened((SyncConfig<Object, Object>) config);
            } else if (!known.sameConfig(config)) {
                throw new IllegalArgumentException(
                        "collection \"" + config.id() + "\" is open with another config: open it"
                                + " once and share it, or give the other one another id");
            }
            return (SyncedCollection<K, T>) known;
        } finally {
            lock.unlock();
        }
    }

    private Collected<?, ?> opened(SyncConfig<Object, Object> config) {
        if (closed) {
            throw new IllegalStateException("the collections are closed");
        }
        if (engine.journal.wantsBytes() && config.codec() == null) {
            throw new IllegalArgumentException("collection \"" + config.id()
                    + "\" has no codec, and its transactions are" + " stored as bytes: add SyncConfig.withCodec(..)");
        }
        Rows rows = new Rows(config, open.size());
        Setup setup = new Setup(engine, rows);
        rows.introduce(setup);
        engine.steps(turn -> engine.admit(rows));
        Collected<?, ?> collection = new Collected<>(engine, rows, setup, Options.NONE);
        open.put(config.id(), collection);
        if (started) {
            restoring.opened();
        }
        return collection;
    }

    @Override
    public Transactions transactions() {
        return transactions;
    }

    @Override
    public StoreHealth storeHealth() {
        return engine.journal.health();
    }

    @Override
    public void start() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the collections are closed: build new ones");
            }
            if (!started) {
                started = true;
                restoring.start();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            lock.unlock();
        }
        CompletableFuture<Void> drained = engine.step(turn -> {
            engine.halt();
            return engine.calls.drain(turn);
        });
        await(drained);
        engine.steps(turn -> {
            engine.end();
            engine.calls.interruptAll(turn);
        });
        if (started) {
            engine.journal.close();
        }
    }

    private void await(CompletableFuture<Void> drained) {
        Duration limit = engine.settings.drainTimeout;
        if (drained.isDone() || limit.isZero()) {
            return;
        }
        CountDownLatch over = new CountDownLatch(1);
        drained.thenRun(over::countDown);
        Alarm alarm = new Alarm();
        engine.later(alarm, limit, over::countDown);
        try {
            over.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            alarm.off();
        }
    }
}
