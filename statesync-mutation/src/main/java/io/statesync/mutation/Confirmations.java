package io.statesync.mutation;

import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.mutation.store.TransactionState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What sync has to confirm after a success (MUTATIONS 1.8 and 6). Steps of the engine; foreign code is called without the lock. */
final class Confirmations {

    private final Engine engine;

    Confirmations(Engine engine) {
        this.engine = engine;
    }

    /** The revisions that were returned, by topic. */
    static Map<String, Revision> revisions(Tx tx, PersistResult result) {
        if (result.revision().isEmpty()) {
            return result.revisions();
        }
        Map<String, Revision> all = new HashMap<>(result.revisions());
        result.revision().forEach(revision -> all.put(tx.home.topic, revision));
        return Map.copyOf(all);
    }

    /** The rows that were returned; without the lock. What cannot be read is reported and left out: it succeeded all the same. */
    Map<Ref, Object> rows(Tx tx, PersistResult result) {
        Map<Ref, Object> returned = new LinkedHashMap<>();
        result.rows().forEach((collection, rows) -> {
            Rows known = engine.registry.named(collection);
            try {
                for (Object row : rows) {
                    if (known != null) {
                        returned.put(new Ref(collection, known.model.key(row)), row);
                    }
                }
            } catch (RuntimeException | Error unreadable) {
                unreadable(tx, unreadable);
            }
        });
        return returned;
    }

    /** Under the lock, as soon as it succeeded: whoever has the returned revisions is asked, and the time runs. */
    void expect(Turn turn, Tx tx) {
        Alarm alarm = new Alarm();
        tx.alarm = alarm;
        turn.after(() -> engine.later(alarm, engine.settings.awaitSyncTimeout, () -> timedOut(tx, alarm)));
        lacking(tx).forEach((topic, revision) -> {
            Rows rows = rows(tx, topic);
            if (rows != null) {
                refresh(turn, rows, revision);
            }
        });
    }

    /** Something in the answer cannot be used: it succeeded all the same. */
    void unreadable(Tx tx, Throwable error) {
        engine.report(context(tx, error, null, null));
    }

    private Map<String, Revision> lacking(Tx tx) {
        Map<String, Revision> lacking = new HashMap<>();
        tx.revisions.forEach((topic, revision) -> {
            Rows rows = rows(tx, topic);
            if (rows == null || !rows.hasReceived(revision)) {
                lacking.put(topic, revision);
            }
        });
        return lacking;
    }

    private @Nullable Rows rows(Tx tx, String topic) {
        return tx.home.topic.equals(topic) ? tx.home : engine.registry.ofTopic(topic);
    }

    /** Without the lock: asks the mutation function how it will know. */
    void ask(Tx tx, PersistResult result) {
        MutationTransaction transaction = tx.snapshot();
        MutationFn fn = tx.fn();
        CompletionStage<Void> stage = null;
        Throwable error = null;
        try {
            Optional<CompletionStage<Void>> asked = fn == null
                    ? Optional.empty()
                    : fn.awaitSync(new SyncContext(
                            Persisting.changes(transaction), transaction, result, new Received(engine, tx)));
            stage = asked.orElse(null);
        } catch (Throwable thrown) {
            error = thrown;
        }
        CompletionStage<Void> own = stage;
        Throwable refused = error;
        engine.steps(turn -> due(turn, tx, own != null, refused));
        if (own != null) {
            own.whenComplete((nothing, thrown) -> engine.steps(turn -> {
                if (thrown == null) {
                    got(turn, tx);
                } else {
                    unconfirmed(turn, tx, Outcomes.unwrap(thrown));
                }
            }));
        }
    }

    private void due(Turn turn, Tx tx, boolean awaitsOwn, @Nullable Throwable error) {
        if (tx.state != TransactionState.PERSISTING || engine.closed()) {
            return;
        }
        tx.awaitsOwn = awaitsOwn;
        Map<String, Revision> lacking = lacking(tx);
        if (error == null && !awaitsOwn && lacking.isEmpty()) {
            engine.endings.complete(turn, tx, Transition.DONE, !tx.revisions.isEmpty());
            return;
        }
        accepted(turn, tx);
        if (error != null) {
            unconfirmed(turn, tx, error);
            return;
        }
        tx.lacking = lacking.size() + (awaitsOwn ? 1 : 0);
        tx.forget = new ArrayList<>();
        lacking.forEach((topic, revision) -> {
            Rows rows = rows(tx, topic);
            if (rows != null) {
                Waiting.Waiter waiter = rows.waiting.add(revision, received -> got(received, tx));
                tx.forget.add(() -> rows.waiting.remove(waiter));
            }
        });
    }

    private void accepted(Turn turn, Tx tx) {
        tx.move(Transition.ACCEPTED, engine.now(turn));
        tx.publish();
        engine.told(turn, TransactionState.PERSISTING, tx);
    }

    private void got(Turn turn, Tx tx) {
        if (tx.state == TransactionState.PERSISTED_AWAITING_SYNC && !engine.closed() && --tx.lacking == 0) {
            engine.endings.complete(turn, tx, Transition.CONFIRMED, true);
        }
    }

    // ---- without confirmation

    private void timedOut(Tx tx, Alarm alarm) {
        engine.steps(turn -> {
            if (tx.alarm != alarm) {
                return;
            }
            if (tx.state == TransactionState.PERSISTING) {
                // awaitSync itself hangs
                accepted(turn, tx);
            }
            unconfirmed(turn, tx, new SyncTimeoutException(tooLate(tx)));
        });
    }

    private String tooLate(Tx tx) {
        StringBuilder text = new StringBuilder(
                "transaction " + tx.id + " was not confirmed by sync within " + engine.settings.awaitSyncTimeout);
        lacking(tx).forEach((topic, revision) -> {
            Rows rows = rows(tx, topic);
            Revision received = rows == null ? null : rows.received();
            text.append("; topic \"")
                    .append(topic)
                    .append("\" is at ")
                    .append(received == null ? "no revision" : received);
            text.append(", awaited was ").append(revision);
        });
        return text.toString();
    }

    private void unconfirmed(Turn turn, Tx tx, Throwable error) {
        if (tx.state != TransactionState.PERSISTED_AWAITING_SYNC || engine.closed()) {
            return;
        }
        Map<String, Revision> lacking = lacking(tx);
        Revision awaited = lacking.get(tx.home.topic);
        turn.report(context(tx, error, tx.home.received(), awaited));
        if (engine.settings.awaitSyncFailure == AwaitSyncFailure.FAIL) {
            engine.endings.fail(turn, tx, Transition.UNCONFIRMED_FAILED, error);
            return;
        }
        engine.endings.complete(turn, tx, Transition.UNCONFIRMED, false);
        Set<Rows> touched = new LinkedHashSet<>();
        tx.changes.forEach(change -> touched.add(change.rows));
        touched.forEach(rows -> refresh(turn, rows, null));
    }

    /** Asks the source after the unlock. */
    void refresh(Turn turn, Rows rows, @Nullable Revision atLeast) {
        turn.after(() -> ask(rows, atLeast));
    }

    /** Asks the source; what that throws is reported. Without the lock. */
    void ask(Rows rows, @Nullable Revision atLeast) {
        try {
            rows.config.refresher().refresh(atLeast);
        } catch (RuntimeException | Error thrown) {
            engine.report(SyncErrorContext.of(SyncPhase.REFRESH, rows.topic, thrown));
        }
    }

    private static SyncErrorContext context(
            Tx tx, Throwable error, @Nullable Revision received, @Nullable Revision awaited) {
        int attempt = tx.snapshot().currentAttempt();
        return new SyncErrorContext(
                SyncPhase.AWAIT_SYNC, tx.home.topic, error, received, awaited, null, null, tx.id, attempt, false, null);
    }
}
