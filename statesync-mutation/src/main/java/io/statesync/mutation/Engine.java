package io.statesync.mutation;

import io.statesync.SyncErrorContext;
import io.statesync.mutation.store.TransactionState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine (MUTATIONS 4). Each step runs under the one lock, publishes what it changed once, at its end, and leaves what is
 * to be done in its {@link Turn}, which is done after the unlock. The lock guards all that these hold: {@link Rows} (what
 * is visible), {@link Births} (how transactions begin), {@link Claims} (who waits for whom), {@link Calls} (attempts),
 * {@link Confirmations} (what sync has to confirm), {@link Endings} (how transactions end).
 */
final class Engine {

    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    final SyncedCollectionsBuilder settings;
    final Executor executor;
    final Executor callbacks;
    final Journal journal;
    final Births births;
    final Bulletin bulletin;
    final History history;
    final Registry registry = new Registry();
    final Claims claims = new Claims();
    final Calls calls;
    final Confirmations confirmations;
    final Endings endings;
    final Coalescer coalescer;
    final Renaming renaming;

    /** Those in work, by id; written under the lock. */
    final Map<String, Tx> active = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();

    /* guarded by lock */
    private boolean running;
    private boolean halted;

    /** Written under the lock; read by timers without it. */
    private volatile boolean closed;

    /** Written under the lock, once per step. */
    private volatile EngineView view = EngineView.EMPTY;

    Engine(SyncedCollectionsBuilder settings) {
        this.settings = settings;
        executor = Pools.executor(settings.executor, settings.maxConcurrentPersists);
        callbacks = Pools.callbacks(settings.callbackExecutor);
        births = new Births(this);
        bulletin = new Bulletin(this);
        journal = new Journal(this);
        history = new History(settings.historyCached);
        calls = new Calls(this);
        confirmations = new Confirmations(this);
        endings = new Endings(this);
        coalescer = new Coalescer(this);
        renaming = new Renaming(this);
    }

    EngineView view() {
        return view;
    }

    Instant now() {
        return settings.clock.instant();
    }

    /** The date of this step. */
    Instant now(Turn turn) {
        return turn.now(settings.clock);
    }

    // ---- steps

    /** Makes a step: under the lock, then its effects without it. */
    <R> R step(Function<Turn, R> work) {
        Turn turn = new Turn();
        R result;
        MutationTimings timings = settings.timings;
        long held = 0;
        lock.lock();
        try {
            long began = timings == null ? 0 : settings.scheduler.now();
            result = work.apply(turn);
            publish(turn);
            held = timings == null ? 0 : settings.scheduler.now() - began;
        } finally {
            lock.unlock();
        }
        if (timings != null) {
            timings.locked(held);
        }
        turn.runEffects();
        if (!turn.reports().isEmpty()) {
            turn.reports().forEach(bulletin::error);
        }
        return result;
    }

    /** As {@link #step}, where nothing is to be returned. */
    void steps(Consumer<Turn> work) {
        step(turn -> {
            work.accept(turn);
            return turn;
        });
    }

    private void publish(Turn turn) {
        List<Rows> touched = turn.touched();
        if (touched.isEmpty()) {
            return;
        }
        View[] views = view.copy();
        for (int i = 0; i < touched.size(); i++) {
            Rows rows = touched.get(i);
            rows.settle(turn);
            views[rows.index] = rows.view();
            if (!rows.matchers.isEmpty()) {
                View received = views[rows.index];
                turn.after(() -> run(callbacks, () -> rows.matchers.tryAll(new ReceivedRows(received))));
            }
            if (rows.layers.beginFold()) {
                View from = views[rows.index];
                turn.after(() -> run(callbacks, () -> fold(rows, from)));
            }
        }
        view = new EngineView(views);
    }

    private void fold(Rows rows, View from) {
        Map<Object, Object> folded = Layers.fold(from);
        steps(turn -> {
            rows.layers.endFold(from, folded);
            turn.touch(rows);
        });
    }

    /** Under the lock: a collection has come. */
    void admit(Rows rows) {
        registry.add(rows);
        view = view.with(rows.view());
    }

    /** Runs the task on the executor, or here if that refuses. */
    static void run(Executor where, Runnable task) {
        try {
            where.execute(task);
        } catch (RejectedExecutionException refused) {
            log.debug("An executor refused a task; it runs on the thread that brought it", refused);
            task.run();
        }
    }

    /** Makes a step after this time, off the timer's thread. Called without the lock. */
    void later(Alarm alarm, Duration delay, Runnable task) {
        try {
            alarm.set(settings.scheduler.schedule(() -> run(callbacks, () -> ifOpen(task)), delay));
        } catch (RejectedExecutionException refused) {
            log.warn("The scheduler refused a timer of {}", delay, refused);
        }
    }

    private void ifOpen(Runnable task) {
        if (!closed) {
            task.run();
        }
    }

    void report(SyncErrorContext context) {
        bulletin.error(context);
    }

    // ---- life

    /** Under the lock. */
    boolean running() {
        return running && !closed;
    }

    boolean closed() {
        return closed;
    }

    void begin(Turn turn, long lastSequence) {
        births.goOnAfter(lastSequence);
        running = true;
        turn.after(() -> settings.connectivity.onOpen(() -> steps(calls::pump)));
    }

    /** Nothing begins any more; what runs may end. */
    void halt() {
        running = false;
        halted = true;
    }

    void end() {
        closed = true;
    }

    /** Under the lock. */
    void requireRunning() {
        if (!running()) {
            throw new IllegalStateException(
                    halted
                            ? "the collections are closed: no mutation is taken any more"
                            : "the collections were not started: call SyncedCollections.start() before the first mutation");
        }
    }

    /** Tells listeners of a transition, in the order of the steps. */
    void told(Turn turn, @Nullable TransactionState from, Tx tx) {
        if (bulletin.listens()) {
            bulletin.transition(turn, new TransactionEvent(from, tx.snapshot()));
        }
    }
}
