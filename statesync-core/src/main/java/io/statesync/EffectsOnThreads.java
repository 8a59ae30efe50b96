package io.statesync;

import io.statesync.Round.Stage;
import io.statesync.policy.RefreshPool;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The engine's effects on real threads: foreign code is called here and nowhere else, and what it throws ends here (E7).
 * Immutable but for the introduction to its engine.
 */
final class EffectsOnThreads<T> implements Effects<T> {

    private final InvalidationSubscriber subscriber;
    private final SnapshotProvider<T> provider;
    private final SnapshotApplier<? super T> applier;
    private final Settings settings;

    /** Set once by {@link #introduce}, before any effect. */
    @SuppressWarnings("NullAway.Init")
    private Engine<T> engine;

    EffectsOnThreads(RevisionSyncBuilder<T> parts, Settings settings) {
        this.settings = settings;
        subscriber = parts.subscriber;
        provider = parts.provider instanceof RetryingProvider<T> retrying
                ? retrying.boundTo(parts.topic, settings.scheduler(), settings.fetchTimeout())
                : parts.provider;
        applier = parts.applier;
    }

    void introduce(Engine<T> itsEngine) {
        engine = itsEngine;
    }

    @Override
    public long now() {
        return settings.scheduler().now();
    }

    @Override
    public InvalidationFilter filter() {
        return settings.filter();
    }

    // ---- subscription

    @Override
    public void subscribe(EventIntake token) {
        try {
            settings.executor().execute(() -> subscribeNow(token));
        } catch (RuntimeException | Error refused) {
            engine.lifeCycle.subscribeFailed(token, SyncPhase.START, refused);
        }
    }

    private void subscribeNow(EventIntake token) {
        try {
            Subscription subscription = subscriber.subscribe(engine.topic, token);
            if (!token.attach(subscription)) {
                close(subscription, null);
                return;
            }
            subscription.active().whenComplete((active, error) -> activated(token, error));
        } catch (Throwable error) {
            engine.lifeCycle.subscribeFailed(token, SyncPhase.SUBSCRIBE, error);
        }
    }

    private void activated(EventIntake token, @Nullable Throwable error) {
        if (error == null) {
            engine.lifeCycle.subscribed(token);
        } else {
            Throwable cause = error instanceof CompletionException ? error.getCause() : null;
            engine.lifeCycle.subscribeFailed(token, SyncPhase.SUBSCRIBE, cause == null ? error : cause);
        }
    }

    @Override
    public void unsubscribe(Token token, @Nullable Throwable cause) {
        Subscription subscription = token.detach();
        if (subscription != null) {
            close(subscription, cause);
        }
    }

    private void close(Subscription subscription, @Nullable Throwable cause) {
        try {
            subscription.close();
        } catch (Throwable thrown) {
            if (cause == null) {
                report(SyncPhase.SUBSCRIBE, thrown);
            } else if (cause != thrown) {
                cause.addSuppressed(thrown);
            }
        }
    }

    // ---- fetch and apply

    @Override
    public void fetch(Round<T> round) {
        onExecutor(round, () -> fetchNow(round));
    }

    @Override
    public void apply(Round<T> round) {
        if (round.isFetch()) {
            applyNow(round);
        } else {
            onExecutor(round, () -> applyNow(round));
        }
    }

    private void onExecutor(Round<T> round, Runnable task) {
        try {
            settings.executor().execute(task);
        } catch (RuntimeException | Error refused) {
            engine.slot.failed(round, SyncPhase.REFRESH, refused, 0);
        }
    }

    private void fetchNow(Round<T> round) {
        if (!engine.slot.enter(round, Stage.FETCHING, Thread.currentThread())) {
            return;
        }
        observe(round);
        SnapshotEnvelope<T> snapshot = null;
        Throwable error = null;
        long begun = settings.scheduler().now();
        try {
            snapshot = read(round.known);
        } catch (Throwable thrown) {
            error = thrown;
        }
        round.fetchNanos = settings.scheduler().now() - begun;
        leave(round);
        if (error == null) {
            engine.slot.fetched(round, snapshot);
        } else {
            int attempt = provider instanceof RetryingProvider<T> retrying ? retrying.attemptOf(error) : 1;
            SyncPhase phase = error instanceof ProtocolException ? SyncPhase.PROTOCOL : SyncPhase.GET_SNAPSHOT;
            engine.slot.failed(round, phase, error, attempt);
        }
        // for one that was abandoned meanwhile; any other has been told
        round.over();
    }

    private void observe(Round<T> round) {
        RoundObserver observer = settings.observer();
        if (observer != null) {
            round.observedBy(ObservedRound.begin(observer, engine.observers, engine.topic, round));
        }
    }

    private @Nullable SnapshotEnvelope<T> read(@Nullable Revision known) throws Exception {
        if (known != null && provider instanceof ConditionalSnapshotProvider<T> conditional) {
            return orRefused(conditional.getSnapshotUnless(known)).orElse(null);
        }
        return orRefused(provider.getSnapshot());
    }

    private <R> R orRefused(@Nullable R answer) {
        if (answer == null) {
            throw new ProtocolException(
                    "the provider of topic \"" + engine.topic + "\" returned null instead of a snapshot");
        }
        return answer;
    }

    private void applyNow(Round<T> round) {
        SnapshotEnvelope<T> snapshot = round.snapshot;
        if (snapshot == null || !engine.slot.enter(round, Stage.APPLYING, Thread.currentThread())) {
            return;
        }
        if (!round.isFetch()) {
            observe(round);
        }
        ObservedRound observed = round.observed();
        if (observed != null) {
            observed.applying();
        }
        Throwable error = null;
        long begun = settings.scheduler().now();
        try {
            give(applier, snapshot);
        } catch (Throwable thrown) {
            error = thrown;
        }
        round.applyNanos = settings.scheduler().now() - begun;
        if (observed != null) {
            observed.applied(error);
        }
        engine.slot.applied(round, snapshot, error);
    }

    /* An envelope is immutable, so one of a subtype is as good. */
    @SuppressWarnings("unchecked")
    private static <S, T extends S> void give(SnapshotApplier<S> applier, SnapshotEnvelope<T> snapshot)
            throws Exception {
        applier.apply((SnapshotEnvelope<S>) snapshot);
    }

    private void leave(Round<T> round) {
        engine.slot.leave(round);
        // an interrupt was meant for the round, not for what this thread does next
        Thread.interrupted();
    }

    // ---- time

    @Override
    public void elsewhere(Effect effect) {
        try {
            settings.executor().execute(effect::run);
        } catch (RuntimeException | Error refused) {
            effect.run();
        }
    }

    @Override
    public void wakeIn(Wake wake, Duration delay) {
        // an earlier timer is left alone: it only looks once more, and the effects of two steps may come in either
        // order
        Scheduler.Timer timer = schedule(() -> engine.slot.wake(wake), delay);
        if (timer == null) {
            engine.slot.wakeRefused(wake);
        } else {
            wake.armed(timer);
        }
    }

    @Override
    public void noWake(Wake wake) {
        wake.cancel();
    }

    @Override
    public void limitFetch(Round<T> round) {
        round.limit = schedule(() -> engine.slot.timedOut(round, settings.fetchTimeout()), settings.fetchTimeout());
    }

    @Override
    public void limitApply(Round<T> round) {
        // not on the executor: the applier that hangs may have its last thread
        Runnable giveUp = () -> engine.lifeCycle.giveUp(round, settings.stopTimeout());
        round.limit = schedule(() -> RefreshPool.shared().execute(giveUp), settings.stopTimeout());
        if (round.limit == null) {
            giveUp.run();
        }
    }

    @Override
    public void unlimit(Round<T> round) {
        cancel(round.limit);
    }

    private Scheduler.@Nullable Timer schedule(Runnable task, Duration delay) {
        try {
            return settings.scheduler().schedule(task, delay);
        } catch (RuntimeException | Error refused) {
            report(SyncPhase.THROTTLE, refused);
            return null;
        }
    }

    private void report(SyncPhase phase, Throwable error) {
        Revision local = new Revision(engine.ledger.local());
        engine.observers.error(SyncErrorContext.of(phase, engine.topic, error).withLocalRevision(local));
    }

    private static void cancel(Scheduler.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    @Override
    public void probing() {
        RevisionProbe probe = settings.probe();
        if (probe != null) {
            probe.update(new ProbeTarget(engine));
        }
    }
}
