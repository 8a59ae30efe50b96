package io.statesync;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a topic (DESIGN 4.2, {@code docs/lifecycle.md}). Each step runs under the one lock and
 * <em>returns</em> what is to be done; that is done after the unlock. The lock is this object's monitor, which nobody else
 * can have; it guards the {@link Ledger} (what is known),
 * the {@link LifeCycle} (start and stop) and the {@link Slot} (the one fetch or apply).
 */
final class Engine<T> {

    final String topic;
    final Effects<T> effects;
    final Observers observers;
    final Ledger ledger;
    final LifeCycle<T> lifeCycle;
    final Slot<T> slot;

    Engine(String topic, Ledger ledger, Effects<T> effects, Observers observers) {
        this.topic = topic;
        this.ledger = ledger;
        this.effects = effects;
        this.observers = observers;
        this.slot = new Slot<>(this, ledger, effects);
        this.lifeCycle = new LifeCycle<>(this);
    }

    /** Makes a step: under the lock, then its effect without it. */
    void step(Supplier<Effect> step) {
        locked(step).run();
    }

    <R> R locked(Supplier<R> read) {
        synchronized (this) {
            return read.get();
        }
    }

    <V> SyncFuture<V> future() {
        return new SyncFuture<>(slot::onRoundThread);
    }

    // ---- what is heard

    /** A newer event; those that are not newer never come here (E6). */
    void invalidated(Token token, long bits, long timestampMs, @Nullable String traceparent) {
        step(() -> lifeCycle.holds(token) ? heard(bits, timestampMs, traceparent) : Effect.NONE);
    }

    void announced(long bits) {
        step(() -> lifeCycle.open() ? heard(bits, InvalidationEvent.NO_TIMESTAMP, null) : Effect.NONE);
    }

    private Effect heard(long bits, long timestampMs, @Nullable String traceparent) {
        if (ledger.isStale(bits)) {
            return Effect.NONE;
        }
        long now = effects.now();
        ledger.heard(bits, timestampMs, traceparent, now);
        boolean joined = ledger.demand.addThrottled(RefreshCause.INVALIDATION, now);
        Effect pumped = slot.pump();
        return joined ? pumped.then(observers::coalesced) : pumped;
    }

    /** Somebody waits for a revision, and thereby says that there is one. */
    void await(long bits, SyncFuture<Revision> waiter) {
        step(() -> {
            if (ledger.isStale(bits)) {
                return complete(List.of(waiter));
            }
            if (!lifeCycle.open()) {
                return fail(List.of(waiter), lifeCycle.stopped());
            }
            slot.addWaiter(bits, waiter);
            ledger.heard(bits, InvalidationEvent.NO_TIMESTAMP, null, effects.now());
            ledger.demand.addUrgent(RefreshCause.AWAIT);
            return slot.pump();
        });
    }

    void forgetWaiter(SyncFuture<Revision> waiter) {
        step(() -> {
            slot.removeWaiter(waiter);
            return Effect.NONE;
        });
    }

    void probed(long bits) {
        step(() -> {
            if (!lifeCycle.open()) {
                return Effect.NONE;
            }
            long now = effects.now();
            boolean wanted = ledger.probed(bits, slot.busy(), now);
            Revision gone = ledger.deniedForTooLong(bits, now);
            Effect told = dropped(gone);
            return wanted || gone != null ? told.then(slot.pump()).then(answerWaiters()) : told;
        });
    }

    void probeFailed() {
        step(() -> {
            ledger.silence();
            return Effect.NONE;
        });
    }

    void connectionLost(Token token, @Nullable Throwable cause) {
        step(() -> lifeCycle.holds(token) && ledger.linkDown() ? () -> observers.connectionLost(cause) : Effect.NONE);
    }

    void connectionRestored(Token token) {
        step(() -> {
            if (!lifeCycle.holds(token)) {
                return Effect.NONE;
            }
            ledger.linkRestored();
            Effect told = observers::connectionRestored;
            return told.then(slot.pump());
        });
    }

    // ---- what is asked

    void refresh(SyncFuture<Revision> caller) {
        step(() -> lifeCycle.open() ? fetchFor(RefreshCause.EXPLICIT, caller) : complete(List.of(caller)));
    }

    void reset(SyncFuture<Revision> caller) {
        step(() -> {
            if (!lifeCycle.open()) {
                return complete(List.of(caller));
            }
            ledger.reset();
            return fetchFor(RefreshCause.EXPLICIT, caller);
        });
    }

    /** Under the lock: the caller waits for the next fetch to begin. */
    Effect fetchFor(RefreshCause cause, SyncFuture<Revision> caller) {
        boolean joined = slot.askFetch(cause, caller);
        Effect pumped = slot.pump();
        return joined ? pumped.then(observers::coalesced) : pumped;
    }

    void offer(SnapshotEnvelope<T> envelope, SyncFuture<Revision> caller) {
        step(() -> {
            if (!lifeCycle.open() || !ledger.admits(envelope.revision().bits())) {
                return complete(List.of(caller));
            }
            slot.askOffer(envelope, caller);
            return slot.pump();
        });
    }

    // ---- what is told, under the lock; the effects run after it

    Effect complete(List<SyncFuture<Revision>> callers) {
        Revision local = new Revision(ledger.local());
        return callers.isEmpty() ? Effect.NONE : () -> callers.forEach(caller -> caller.complete(local));
    }

    static <V> Effect fail(List<SyncFuture<V>> callers, Throwable error) {
        return callers.isEmpty() ? Effect.NONE : () -> callers.forEach(caller -> caller.completeExceptionally(error));
    }

    /** Those who wait for a revision that is there, or that will never be. */
    Effect answerWaiters() {
        return complete(slot.reached(ledger.local())).then(slot.denied());
    }

    /** Nobody confirmed this revision for too long (E5): who waits for it will be told, who waits for less waits on. */
    Effect dropped(@Nullable Revision dropped) {
        if (dropped == null) {
            return Effect.NONE;
        }
        SyncErrorContext context = Reports.neverConfirmed(topic, new Revision(ledger.local()), dropped);
        long stillAwaited = slot.deny(dropped.bits(), context.error());
        if (!ledger.isStale(stillAwaited)) {
            // forgotten with the dropped one, and not denied for as long
            ledger.heard(stillAwaited, InvalidationEvent.NO_TIMESTAMP, null, effects.now());
            ledger.demand.addUrgent(RefreshCause.AWAIT);
        }
        return () -> observers.error(context);
    }
}
