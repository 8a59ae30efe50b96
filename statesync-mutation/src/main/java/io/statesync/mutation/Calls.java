package io.statesync.mutation;

import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.TransactionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Attempts: who may begin, the oldest first, so many at once; and what is done with their answers. Guarded by the engine's
 * lock; mutation functions are called without it.
 */
final class Calls {

    private final Engine engine;
    private final Outcomes outcomes;
    private final PriorityQueue<Tx> ready = new PriorityQueue<>(Comparator.comparingLong((Tx tx) -> tx.sequence));
    private final Set<Call> running = new LinkedHashSet<>();
    private int places;
    private @Nullable CompletableFuture<Void> drained;

    Calls(Engine engine) {
        this.engine = engine;
        this.outcomes = new Outcomes(engine, this);
        places = engine.settings.maxConcurrentPersists;
    }

    /** The transaction may be handed to its mutation function. */
    void ready(Turn turn, Tx tx) {
        if (ready.isEmpty()
                && places > 0
                && engine.settings.connectivity == ConnectivityGate.OPEN
                && engine.running()) {
            begin(turn, tx);
        } else {
            ready.add(tx);
            pump(turn);
        }
    }

    void pump(Turn turn) {
        if (engine.settings.connectivity == ConnectivityGate.OPEN) {
            beginAll(turn);
        } else if (!ready.isEmpty()) {
            turn.after(this::askGate);
        }
    }

    /* The gate is foreign code: it is asked without the lock. */
    private void askGate() {
        if (engine.settings.connectivity.open()) {
            engine.steps(this::beginAll);
        }
    }

    private void beginAll(Turn turn) {
        while (places > 0 && engine.running() && !ready.isEmpty()) {
            Tx tx = ready.remove();
            begin(turn, tx);
        }
    }

    private void begin(Turn turn, Tx tx) {
        if (tx.call != null || (tx.state != TransactionState.PENDING && tx.state != TransactionState.PERSISTING)) {
            return;
        }
        places--;
        Call call = new Call(tx, tx.attempts.size() + 1, engine.now(turn));
        tx.call = call;
        long position = engine.journal.appendLazily(tx.id, call::started);
        turn.after(() -> engine.journal.whenDurable(position, () -> launch(call)));
    }

    private void launch(Call call) {
        try {
            engine.executor.execute(() -> run(call));
        } catch (RejectedExecutionException refused) {
            outcomes.refused(call, refused);
        }
    }

    private void run(Call call) {
        MutationFn fn = call.tx.fn();
        Persisting context = engine.step(turn -> started(turn, call));
        if (context == null || fn == null) {
            return;
        }
        CompletionStage<PersistResult> stage = null;
        Throwable error = null;
        try {
            stage = fn.persist(context);
        } catch (Throwable thrown) {
            error = thrown;
        }
        leave(call);
        if (stage == null) {
            Throwable none = new NullPointerException("the mutation function \"" + call.tx.fnName
                    + "\" of collection \"" + call.tx.home.id + "\" returned null instead of a stage");
            outcomes.failed(call, error == null ? none : error);
        } else {
            stage.whenComplete((result, thrown) -> outcomes.ended(call, result, thrown));
        }
    }

    private @Nullable Persisting started(Turn turn, Call call) {
        Tx tx = call.tx;
        if (!call.current() || !engine.running()) {
            return null;
        }
        call.begun = true;
        call.runner = Thread.currentThread();
        running.add(call);
        tx.record(call.attempt());
        TransactionState before = tx.state;
        if (before == TransactionState.PENDING) {
            tx.move(Transition.STARTED, engine.now(turn));
            lock(turn, tx);
        } else {
            tx.touch(engine.now(turn));
        }
        tx.publish();
        if (before == TransactionState.PENDING) {
            engine.told(turn, before, tx);
        }
        Duration limit = engine.settings.attemptTimeout;
        if (!limit.isZero()) {
            Alarm alarm = new Alarm();
            call.limit = alarm;
            turn.after(() -> engine.later(alarm, limit, () -> outcomes.timedOut(call)));
        }
        return new Persisting(tx.snapshot(), engine.view());
    }

    private static void lock(Turn turn, Tx tx) {
        if (tx.ordered()) {
            tx.locked = true;
            tx.changes.forEach(change -> change.rows.lock(turn, change.key()));
        }
    }

    private void leave(Call call) {
        engine.step(turn -> call.runner = null);
        // an interrupt was meant for the attempt, not for what this thread does next
        Thread.interrupted();
    }

    /** The answer has come, or is not waited for any more. */
    void end(Turn turn, Call call) {
        call.tx.call = null;
        if (call.limit != null) {
            call.limit.off();
        }
        running.remove(call);
        places++;
        CompletableFuture<Void> waiting = drained;
        if (waiting != null && running.isEmpty()) {
            turn.after(() -> waiting.complete(null));
        }
        pump(turn);
    }

    /** Takes back what is planned or reserved; false if an answer may be on its way (A18). */
    boolean withdraw(Turn turn, Tx tx) {
        Call call = tx.call;
        if (call != null && call.begun) {
            return false;
        }
        if (call != null) {
            end(turn, call);
        }
        return true;
    }

    // ---- the end

    /** Nothing begins any more; completes when nothing runs. */
    CompletableFuture<Void> drain(Turn turn) {
        ready.clear();
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        drained = waiting;
        if (running.isEmpty()) {
            turn.after(() -> waiting.complete(null));
        }
        return waiting;
    }

    /** What still runs is interrupted; it costs no attempt (MU-R11). */
    void interruptAll(Turn turn) {
        Instant now = engine.now();
        List<Call> all = new ArrayList<>(running);
        for (Call call : all) {
            Attempt began = call.attempt();
            Attempt closed = new Attempt(began.id(), began.number(), began.startedAt(), now, null, null, true);
            call.tx.record(closed);
            call.tx.publish();
            engine.journal.append(new StoreEvent.AttemptFailed(call.tx.id, Encoding.stored(closed), now));
            Thread runner = call.runner;
            if (runner != null) {
                runner.interrupt();
            }
            end(turn, call);
        }
    }
}
