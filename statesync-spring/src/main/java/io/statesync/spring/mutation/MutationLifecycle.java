package io.statesync.spring.mutation;

import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.SyncedCollections;
import io.statesync.mutation.TransactionListener;
import io.statesync.mutation.store.StoreHealth;
import io.statesync.spring.Replica;
import io.statesync.spring.Replicas;
import io.statesync.spring.SetupException;
import io.statesync.spring.Startup;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Starts the engine of the transactions right after the replicas were told to start, before anybody waits for them, and
 * drains it before they stop. A context that is paused and not closed begins no attempt until it goes on.
 */
public final class MutationLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

    /** Just above that of the replicas: starts after them, stops before them. */
    private static final int PHASE = DEFAULT_PHASE - 511;

    private final SyncedCollections collections;
    private final SyncedCollectionFactory factory;
    private final Replicas replicas;
    private final ObjectProvider<TransactionListener> listeners;
    private final PausableGate gate;
    private final boolean alone;

    /** Used by the thread that starts and stops the context, one at a time. */
    private boolean subscribed;

    private volatile boolean running;
    private volatile boolean closing;

    /** @param alone whether a storage that another process has fails the start of the application */
    public MutationLifecycle(
            SyncedCollections collections,
            SyncedCollectionFactory factory,
            Replicas replicas,
            ObjectProvider<TransactionListener> listeners,
            PausableGate gate,
            boolean alone) {
        this.collections = collections;
        this.factory = factory;
        this.replicas = replicas;
        this.listeners = listeners;
        this.gate = gate;
        this.alone = alone;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public void start() {
        replicas.all().forEach(replica -> {
            var rows = factory.rows().get(replica.topic());
            if (rows != null) {
                rows.bind(replica.sync());
            }
        });
        if (!subscribed) {
            subscribed = true;
            try (Stream<TransactionListener> all = listeners.orderedStream()) {
                all.forEach(collections.transactions()::subscribe);
            }
        }
        collections.start();
        StoreHealth health = collections.storeHealth();
        if (alone && health.usedElsewhere()) {
            throw new SetupException(
                    "The storage of transactions belongs to somebody else: " + health.problem() + ".",
                    "Give each process a directory or a store name of its own, or set"
                            + " statesync.mutations.second-process to \"memory-with-alarm\" to work without it.");
        }
        running = true;
        gate.resume();
    }

    /**
     * Waits until each collection has its data whose topic is required at the start: the snapshot is there, and is taken by
     * a thread of the engine.
     *
     * @throws SetupException if one does not within the topic's startup time-out
     */
    public void awaitRequired() throws InterruptedException {
        for (Replica replica : replicas.all()) {
            SyncedCollection<?, ?> collection = factory.opened().get(replica.topic());
            if (collection == null || replica.settings().startup() != Startup.REQUIRED) {
                continue;
            }
            long limit = replica.settings().startupTimeout().toMillis();
            try {
                collection.ready().toCompletableFuture().get(limit, TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new SetupException(
                        "Collection \"" + replica.topic() + "\" has not got its data within " + limit + " ms.",
                        "Look at the errors of its topic, or set statesync.topics." + replica.topic()
                                + ".startup to \"background\".",
                        e);
            }
        }
    }

    /** The context ends, and is not only paused. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        closing = true;
    }

    @Override
    public void stop() {
        running = false;
        gate.pause();
        if (closing) {
            collections.close();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
