package io.statesync;

import io.statesync.policy.Durations;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** The other side of the front door: turns calls into steps of the engine, and waits for them where that is asked. */
final class DefaultRevisionSync<T> implements RevisionSync<T> {

    private final Engine<T> engine;
    private final Settings settings;

    DefaultRevisionSync(RevisionSyncBuilder<T> parts) {
        settings = parts.settings();
        EffectsOnThreads<T> effects = new EffectsOnThreads<>(parts, settings);
        Ledger ledger = new Ledger(new Demand(parts.catchUp, parts.throttling), parts.regressions());
        engine = new Engine<>(parts.topic, ledger, effects, new Observers(parts.topic, parts.listeners));
        effects.introduce(engine);
        if (parts.applier instanceof Freshness.Aware aware) {
            aware.freshness(LedgerFreshness.of(engine, parts.maxStaleness));
        }
    }

    @Override
    public String topic() {
        return engine.topic;
    }

    @Override
    public CompletableFuture<Void> startAsync() {
        SyncFuture<Void> started = engine.future();
        engine.lifeCycle.start(started);
        return started;
    }

    @Override
    public void start() {
        if (engine.slot.onRoundThread() && !engine.locked(engine.lifeCycle::running)) {
            throw new IllegalStateException("start() from inside the provider, applier or listener of topic \""
                    + topic() + "\" would never end: use startAsync()");
        }
        SyncFuture<Void> started = engine.future();
        engine.lifeCycle.start(started);
        try {
            started.get();
        } catch (InterruptedException e) {
            engine.lifeCycle.cancelStart(started, e);
            Thread.currentThread().interrupt();
            throw new SyncException("the start of topic \"" + topic() + "\" was interrupted", e);
        } catch (CancellationException e) {
            // newer Java versions wrap a cancellation in another one that says less
            throw e.getCause() instanceof CancellationException original ? original : e;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new SyncException("topic \"" + topic() + "\" could not be started: " + cause.getMessage(), cause);
        }
    }

    @Override
    public CompletableFuture<Void> stopAsync() {
        return stop(false);
    }

    private SyncFuture<Void> stop(boolean forGood) {
        SyncFuture<Void> stopped = engine.future();
        engine.lifeCycle.stop(forGood, stopped, Thread.currentThread());
        return stopped;
    }

    @Override
    public void stop() {
        stop(false).join();
    }

    @Override
    public void close() {
        stop(true).join();
    }

    @Override
    public CompletableFuture<Revision> refresh() {
        SyncFuture<Revision> refreshed = engine.future();
        engine.refresh(refreshed);
        return refreshed;
    }

    @Override
    public CompletableFuture<Revision> offer(SnapshotEnvelope<T> envelope) {
        SyncFuture<Revision> taken = engine.future();
        engine.offer(envelope, taken);
        return taken;
    }

    @Override
    public void announce(Revision revision) {
        engine.announced(revision.bits());
    }

    @Override
    public void probed(Revision revision) {
        engine.probed(revision.bits());
    }

    @Override
    public CompletableFuture<Revision> reset() {
        SyncFuture<Revision> refreshed = engine.future();
        engine.reset(refreshed);
        return refreshed;
    }

    @Override
    public CompletableFuture<Revision> await(Revision revision) {
        SyncFuture<Revision> reached = engine.future();
        reached.whenComplete((local, error) -> engine.forgetWaiter(reached));
        engine.await(revision.bits(), reached);
        return reached;
    }

    @Override
    public CompletableFuture<Revision> await(Revision revision, Duration timeout) {
        Durations.notNegative("the time-out of await on topic \"" + topic() + "\"", timeout);
        CompletableFuture<Revision> reached = await(revision);
        if (!reached.isDone()) {
            String message = "topic \"" + topic() + "\" did not reach revision " + revision + " within " + timeout;
            Effect giveUp = () -> reached.completeExceptionally(new TimeoutException(message));
            try {
                Scheduler.Timer timer = settings.scheduler().schedule(() -> engine.effects.elsewhere(giveUp), timeout);
                reached.whenComplete((local, error) -> timer.cancel());
            } catch (RuntimeException refused) {
                reached.completeExceptionally(refused);
            }
        }
        return reached;
    }

    @Override
    public Revision localRevision() {
        return new Revision(engine.ledger.local());
    }

    @Override
    public SyncStatus status() {
        // before the engine's lock is taken: the probe has one of its own
        RevisionProbe probe = settings.probe();
        Duration probeInterval = probe == null ? null : probe.interval();
        Duration untilProbe = probe == null ? null : probe.untilNext();
        return engine.locked(() -> {
            long now = settings.scheduler().now();
            Ledger ledger = engine.ledger;
            return new SyncStatus(
                    topic(),
                    engine.lifeCycle.state(ledger.live(now, settings.fetchTimeout(), probeInterval)),
                    new Revision(ledger.local()),
                    new Revision(ledger.announced()),
                    ledger.primed(),
                    ledger.connected(),
                    ledger.age(now),
                    ledger.regressions().count(),
                    ledger.demand.failures(),
                    ledger.demand.nextAttempt(now),
                    engine.lifeCycle.subscribed() ? untilProbe : null,
                    engine.lifeCycle.lastError());
        });
    }

    @Override
    public String toString() {
        return "RevisionSync[" + topic() + " at " + localRevision() + ']';
    }
}
