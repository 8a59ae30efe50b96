package io.statesync.mutation;

import io.statesync.SyncErrorContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners: each in order, each for itself, none under the lock (MU-H3). Safe for use by any thread. */
final class Bulletin {

    private static final Logger log = LoggerFactory.getLogger(Bulletin.class);

    private final Engine engine;
    private final List<Audience> audiences = new CopyOnWriteArrayList<>();

    Bulletin(Engine engine) {
        this.engine = engine;
        engine.settings.listeners.forEach(this::subscribe);
    }

    Transactions.Registration subscribe(TransactionListener listener) {
        Audience audience = new Audience(engine, listener);
        audiences.add(audience);
        return () -> audiences.remove(audience);
    }

    /** Whether there is anybody to be told. */
    boolean listens() {
        return !audiences.isEmpty();
    }

    /** Under the engine's lock, so that the order is that of the steps. */
    void transition(Turn turn, TransactionEvent event) {
        tell(turn, listener -> listener.onTransition(event));
    }

    void restored(Turn turn, MutationTransaction transaction) {
        tell(turn, listener -> listener.onRestored(transaction));
    }

    void attemptFailed(Turn turn, MutationTransaction transaction, Attempt attempt) {
        tell(turn, listener -> listener.onAttemptFailed(transaction, attempt));
    }

    void staleResult(Turn turn, MutationTransaction transaction) {
        tell(turn, listener -> listener.onStaleResult(transaction));
    }

    private void tell(Turn turn, Consumer<TransactionListener> what) {
        for (Audience audience : audiences) {
            audience.add(what);
            turn.after(audience::drain);
        }
    }

    /** Without the lock. */
    void error(SyncErrorContext context) {
        if (audiences.isEmpty()) {
            log.warn(
                    "A failure that nobody listens to: phase {}, topic {}",
                    context.phase().tag(),
                    context.topic(),
                    context.error());
        }
        for (Audience audience : audiences) {
            audience.add(listener -> listener.onError(context));
            audience.drain();
        }
    }

    /** Without the lock, on the callback executor. */
    void failed(MutationTransaction transaction) {
        for (FailureHandler handler : engine.settings.failureHandlers) {
            try {
                handler.failed(transaction);
            } catch (RuntimeException | Error thrown) {
                log.warn("A failure handler failed for transaction {}", transaction.id(), thrown);
            }
        }
    }
}
