package io.statesync.mutation;

import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.TransactionState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What becomes of an attempt: retry, failure, or success (MUTATIONS 1.7). Steps of the engine. */
final class Outcomes {

    private static final Duration REFUSED_AGAIN = Duration.ofSeconds(1);

    private final Engine engine;
    private final Calls calls;

    Outcomes(Engine engine, Calls calls) {
        this.engine = engine;
        this.calls = calls;
    }

    void ended(Call call, @Nullable PersistResult result, @Nullable Throwable error) {
        if (error != null) {
            failed(call, unwrap(error));
        } else if (result == null) {
            failed(
                    call,
                    new NullPointerException(
                            "the mutation function \"" + call.tx.fnName + "\" of collection \"" + call.tx.home.id
                                    + "\" returned null: PersistResult.none() says that there is nothing to say"));
        } else {
            succeeded(call, result);
        }
    }

    /** Without what the JDK wraps round what was thrown (MU-R3). */
    static Throwable unwrap(Throwable error) {
        Throwable inner = error;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    // ---- success

    private void succeeded(Call call, PersistResult result) {
        Tx tx = call.tx;
        Map<Ref, Object> returned = engine.confirmations.rows(tx, result);
        Boolean current = null;
        while (current == null) {
            Renaming.Plan keys = engine.renaming.plan(tx, result);
            current = engine.step(turn -> succeeded(turn, call, result, returned, keys));
        }
        if (current) {
            engine.confirmations.ask(tx, result);
        }
    }

    /** Whether somebody still waited for it; null if something came between the keys and this. */
    private @Nullable Boolean succeeded(
            Turn turn, Call call, PersistResult result, Map<Ref, Object> returned, Renaming.Plan keys) {
        Tx tx = call.tx;
        if (!call.current()) {
            stale(turn, tx);
            return false;
        }
        if (!engine.renaming.apply(turn, keys)) {
            return null;
        }
        calls.end(turn, call);
        Instant now = engine.now(turn);
        Attempt began = call.attempt();
        Attempt closed = new Attempt(began.id(), began.number(), began.startedAt(), now, null, null, false);
        tx.record(closed);
        tx.accepted = true;
        tx.returnedRows = returned;
        tx.revisions = Confirmations.revisions(tx, result);
        tx.touch(now);
        tx.publish();
        long position = engine.journal.append(
                new StoreEvent.Persisted(tx.id, Encoding.stored(closed), tx.revisions, tx.updatedAt(), keys.records()));
        MutationTransaction accepted = tx.snapshot();
        turn.after(() -> engine.journal.whenDurable(
                position, () -> Engine.run(engine.callbacks, () -> tx.persisted.complete(accepted))));
        engine.confirmations.expect(turn, tx);
        return true;
    }

    // ---- failure

    void timedOut(Call call) {
        Thread runner = engine.step(turn -> call.current() ? call.runner : null);
        Duration limit = engine.settings.attemptTimeout;
        failed(call, new AttemptTimeoutException(call.tx.id, limit));
        interrupt(call, runner);
    }

    private void interrupt(Call call, @Nullable Thread runner) {
        if (runner != null) {
            engine.steps(turn -> {
                if (call.runner == runner) {
                    runner.interrupt();
                }
            });
        }
    }

    void failed(Call call, Throwable error) {
        MutationRetry retry = Objects.requireNonNullElse(call.tx.home.config.retry(), engine.settings.retry);
        MutationTransaction transaction = call.tx.snapshot();
        Verdict verdict = classify(retry, error, transaction);
        Throwable recorded = verdict.error() == null ? error : verdict.error();
        // what the process's end interrupted does not count (MU-D7)
        int failures = (int) transaction.attempts().stream()
                .filter(attempt -> !attempt.interrupted())
                .count();
        Duration delay = delay(retry, failures, verdict);
        engine.steps(turn -> {
            if (!call.current()) {
                stale(turn, call.tx);
            } else if (verdict.retry() && failures < retry.maxAttempts()) {
                retry(turn, call, recorded, delay);
            } else {
                giveUp(turn, call, recorded, verdict.retry());
            }
        });
    }

    /** No thread was to be had: nothing was tried, so it costs no attempt. */
    void refused(Call call, Throwable error) {
        engine.steps(turn -> {
            if (call.current()) {
                calls.end(turn, call);
                turn.report(context(call.tx, error, 0, REFUSED_AGAIN));
                turn.after(() -> engine.later(
                        new Alarm(), REFUSED_AGAIN, () -> engine.steps(later -> calls.ready(later, call.tx))));
            }
        });
    }

    private static Verdict classify(MutationRetry retry, Throwable error, MutationTransaction transaction) {
        try {
            Verdict verdict = retry.classifier().classify(error, transaction);
            if (verdict != null) {
                return verdict;
            }
        } catch (Throwable thrown) {
            if (thrown != error) {
                error.addSuppressed(thrown);
            }
        }
        return DefaultClassifier.INSTANCE.classify(error, transaction);
    }

    private static Duration delay(MutationRetry retry, int failures, Verdict verdict) {
        Duration planned = retry.delay(failures);
        Duration asked = verdict.after();
        return asked != null && asked.compareTo(planned) > 0 ? asked : planned;
    }

    private void retry(Turn turn, Call call, Throwable error, Duration delay) {
        Tx tx = call.tx;
        Instant now = engine.now();
        Attempt closed = close(call, error, now, now.plus(delay));
        Alarm alarm = new Alarm();
        tx.alarm = alarm;
        calls.end(turn, call);
        tx.move(Transition.RETRIED, now);
        tx.publish();
        engine.journal.append(new StoreEvent.AttemptFailed(tx.id, Encoding.stored(closed), tx.updatedAt()));
        turn.report(context(tx, error, closed.number(), delay));
        engine.bulletin.attemptFailed(turn, tx.snapshot(), closed);
        engine.told(turn, TransactionState.PERSISTING, tx);
        turn.after(() -> engine.later(
                alarm,
                delay,
                () -> engine.steps(later -> {
                    if (tx.alarm == alarm) {
                        tx.alarm = null;
                        calls.ready(later, tx);
                    }
                })));
    }

    private void giveUp(Turn turn, Call call, Throwable error, boolean exhausted) {
        Tx tx = call.tx;
        List<Throwable> earlier = tx.attempts.stream()
                .map(Attempt::error)
                .filter(Objects::nonNull)
                .map(Throwable.class::cast)
                .toList();
        Attempt closed = close(call, error, engine.now(), null);
        calls.end(turn, call);
        engine.journal.append(new StoreEvent.AttemptFailed(tx.id, Encoding.stored(closed), engine.now()));
        turn.report(context(tx, error, closed.number(), null));
        tx.publish();
        engine.bulletin.attemptFailed(turn, tx.snapshot(), closed);
        Throwable why = exhausted ? new AttemptsExhaustedException(tx.attempts.size(), error, earlier) : error;
        engine.endings.fail(turn, tx, Transition.GAVE_UP, why);
    }

    private static Attempt close(Call call, Throwable error, Instant now, @Nullable Instant next) {
        Attempt began = call.attempt();
        Attempt closed = new Attempt(began.id(), began.number(), began.startedAt(), now, error, next, false);
        call.tx.record(closed);
        return closed;
    }

    private void stale(Turn turn, Tx tx) {
        engine.bulletin.staleResult(turn, tx.snapshot());
    }

    private static SyncErrorContext context(Tx tx, Throwable error, int attempt, @Nullable Duration next) {
        Revision local = tx.home.received();
        return new SyncErrorContext(
                SyncPhase.PERSIST, tx.home.topic, error, local, null, null, null, tx.id, attempt, next != null, next);
    }
}
