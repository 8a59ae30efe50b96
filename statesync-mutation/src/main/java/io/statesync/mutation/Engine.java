package io.statesync.mutation;

import io.statesync.SyncErrorContext;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.StoredMutation;
import io.statesync.mutation.store.TransactionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
 * is visible), {@link Claims} (who waits for whom), {@link Calls} (attempts), {@link Confirmations} (what sync has to
 * confirm), {@link Endings} (how transactions end).
 */
final class Engine {

    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    final SyncedCollectionsBuilder settings;
    final Executor executor;
    final Executor callbacks;
    final Journal journal;
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
    private final Ids ids;

    /* guarded by lock */
    private long sequence;
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
        ids = new Ids(settings.ids);
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
        turn.reports().forEach(bulletin::error);
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
        if (turn.touched().isEmpty()) {
            return;
        }
        View[] views = view.copy();
        for (Rows rows : turn.touched()) {
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
        sequence = Math.max(sequence, lastSequence);
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

    private void requireRunning() {
        if (!running()) {
            throw new IllegalStateException(
                    halted
                            ? "the collections are closed: no mutation is taken any more"
                            : "the collections were not started: call SyncedCollections.start() before the first mutation");
        }
    }

    // ---- birth

    String nextId() {
        return ids.next();
    }

    /**
     * Creates a transaction, if the rows are still as they were when it was made up.
     *
     * @return null if one of them is not
     */
    @Nullable
    Tx create(Draft.Made made) {
        return step(turn -> {
            requireRunning();
            return stillOver(made) ? create(turn, made) : null;
        });
    }

    /** Under the lock: whether its rows are as they were when it was made up. */
    boolean stillOver(Draft.Made made) {
        for (Change change : made.changes()) {
            if (change.rows.layers.visible(change.key()) != change.original) {
                return false;
            }
        }
        return true;
    }

    private Tx create(Turn turn, Draft.Made made) {
        String id = made.id();
        Tx.Birth birth = new Tx.Birth(
                id,
                ++sequence,
                made.idempotencyKey() == null ? id : made.idempotencyKey(),
                made.home(),
                made.fnName(),
                made.strategy(),
                made.lanes(),
                now());
        Tx tx = new Tx(birth, made.changes());
        tx.coalesces = made.coalescing() != null;
        if (tx.ordered()) {
            claims.claim(tx, tx.changes);
            claims.claimLanes(tx);
        }
        tx.state = tx.blocked() ? TransactionState.QUEUED : TransactionState.PENDING;
        tx.publish();
        adopt(turn, tx, tx.changes);
        tx.createdAtPosition = journal.append(new StoreEvent.Created(Encoding.stored(tx, made.stored())));
        told(turn, null, tx);
        if (tx.state == TransactionState.PENDING) {
            calls.ready(turn, tx);
        }
        return tx;
    }

    /** Its effect is visible from the end of this step on. */
    void adopt(Turn turn, Tx tx, List<Change> changes) {
        active.put(tx.id, tx);
        for (Change change : changes) {
            change.rows.add(turn, change);
        }
    }

    /** Tells listeners of a transition, in the order of the steps. */
    void told(Turn turn, @Nullable TransactionState from, Tx tx) {
        bulletin.transition(turn, new TransactionEvent(from, tx.snapshot()));
    }

    /** Encodes what is to be stored, for a storage that wants it so. Without the lock. */
    List<StoredMutation> encode(List<Change> changes) {
        boolean bytes = journal.keepsBytes();
        List<StoredMutation> stored = new ArrayList<>(changes.size());
        for (Change change : changes) {
            stored.add(Encoding.stored(change, bytes));
        }
        return stored;
    }
}
