package io.statesync.test.simulation;

import io.statesync.InvalidationEvent;
import io.statesync.OnRegression;
import io.statesync.RefreshOutcome;
import io.statesync.RefreshReport;
import io.statesync.Revision;
import io.statesync.RevisionProbe;
import io.statesync.RevisionSync;
import io.statesync.RevisionSyncBuilder;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.SnapshotProvider;
import io.statesync.SyncListener;
import io.statesync.SyncState;
import io.statesync.memory.InMemoryTransport;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.TopicRows;
import io.statesync.persistence.SnapshotPersistence;
import io.statesync.policy.RetryPolicy;
import io.statesync.state.SyncedMap;
import io.statesync.state.SyncedState;
import io.statesync.test.SimulatedBus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One life of a replica, put together as the starter does it, and what is promised of it. */
final class ReplicaProcess {

    final Replica replica;
    final Life life;
    final RevisionSync<Map<String, Row>> sync;
    final Way way;
    final @Nullable SyncedCollection<String, Row> rows;
    private final World world;
    private final SplittableRandom random;
    private final Rhythms rhythms;
    private final InMemoryTransport transport = new InMemoryTransport();
    private final SimulatedBus bus;
    private final SyncedMap<String, Row> map = SyncedMap.create();
    private final SnapshotPersistence<Map<String, Row>> persistence;
    private final List<CompletableFuture<?>> promised = new ArrayList<>();
    private SyncedState.@Nullable Snapshot<Map<String, Row>> last;
    private boolean linked = true;
    private boolean wanted = true;
    private boolean stopped;
    private boolean applies;
    private boolean prompt;
    private int failedStarts;
    boolean mayGoBack;
    boolean regressed;

    ReplicaProcess(Replica replica, Life life) {
        this.replica = replica;
        this.life = life;
        world = replica.world;
        random = replica.random.split();
        rhythms = new Rhythms(random);
        way = new Way(world, replica, life, random.split());
        bus = new SimulatedBus(life, random.nextLong(), transport, transport);
        persistence = SnapshotPersistence.forTopic(World.TOPIC)
                .storage(replica.records.seenBy(life))
                .codec(Row.CODEC)
                .executor(life)
                .scheduler(life)
                .clock(() -> Instant.ofEpochMilli(world.clock.wallMillis()))
                .retry(rhythms.backoff())
                .throttling(rhythms.ofSaves())
                .build();
        TopicRows<String, Row> topicRows = TopicRows.of(World.TOPIC);
        SnapshotApplier<Map<String, Row>> applier = this::apply;
        if (replica.writes != null) {
            applier = applier.andThen(topicRows);
        }
        SnapshotProvider<Map<String, Row>> provider = random.nextInt(3) == 0
                ? way.withRetry(RetryPolicy.DEFAULT.withJitter(random::nextDouble), SyncListener.NONE)
                : way;
        way.retrying = provider != way;
        RevisionSyncBuilder<Map<String, Row>> builder = RevisionSync.forTopic(World.TOPIC)
                .subscriber(bus.link())
                .provider(provider)
                .applier(persistence.around(applier));
        sync = builder.catchUp(rhythms.backoff())
                .fetchTimeout(World.FETCH_TIMEOUT)
                .executor(life)
                .scheduler(life)
                .throttling(rhythms.ofFetches())
                .onRegression(replica.onRegression)
                .probe(new RevisionProbe(way, World.PROBE, life, life, failure -> {}, random::nextDouble))
                .listener(new Watching())
                .build();
        topicRows.bind(sync);
        rows = replica.writes == null ? null : replica.writes.open(life, topicRows);
    }

    // ---- its life

    void begin() {
        if (random.nextInt(3) > 0) {
            persistence.follow(replica.records.watchedBy(life), sync);
        }
        persistence.restore(sync).whenComplete((revision, never) -> {
            world.check(never == null, () -> "a restore failed: " + never);
            startAgain();
        });
    }

    private void startAgain() {
        if (!wanted) {
            return;
        }
        stopped(false);
        sync.startAsync().whenComplete((done, error) -> {
            failedStarts = error == null ? 0 : failedStarts + 1;
            if (error != null && wanted) {
                life.schedule(this::startAgain, rhythms.backoff().delay(failedStarts));
            }
        });
    }

    void stop() {
        world.trace(() -> replica + " stops");
        wanted = false;
        way.stops();
        promised.add(sync.stopAsync().whenComplete((done, error) -> stopped(!wanted)));
    }

    private void stopped(boolean now) {
        stopped = now;
        way.stopped(now);
    }

    void startAfterStop() {
        if (!wanted) {
            wanted = true;
            startAgain();
        }
    }

    /** From now on nothing is lost on the way to it. */
    void hears() {
        prompt |= world.truth.changes() > 0;
    }

    void heal() {
        // it has a reason to fetch at once, whatever the probe does
        prompt = !linked
                || !wanted
                || stopped
                || (sync.status().failures() > 0 && sync.status().behind())
                || !sync.status().hasData();
        bus.loss(0).duplicates(0).delay(Duration.ZERO).jitter(Duration.ZERO);
        link(true);
        startAfterStop();
    }

    void eventsSuffer(SplittableRandom step) {
        bus.loss(step.nextInt(2) * step.nextDouble())
                .duplicates(step.nextDouble())
                .delay(Duration.ofMillis(step.nextInt(2_000)))
                .jitter(Duration.ofMillis(step.nextInt(3_000)));
    }

    void link(boolean up) {
        if (linked != up) {
            linked = up;
            if (up) {
                transport.reconnect();
            } else {
                transport.disconnect();
            }
        }
    }

    void hear(InvalidationEvent event) {
        if (linked) {
            bus.publish(event);
        }
    }

    void clear() {
        replica.records.clearing();
        Revision known = sync.localRevision();
        persistence.clear().thenRun(() -> replica.records.cleared(known));
    }

    void refresh() {
        boolean open = wanted;
        promised.add(sync.refresh()
                .thenAccept(revision -> world.check(
                        !open || stopped || revision.equals(sync.localRevision()) || world.truth.wentBack(),
                        () -> replica + " answered a refresh with " + revision + " at " + sync.localRevision())));
    }

    void await(Revision revision) {
        promised.add(sync.await(revision)
                .thenAccept(reached -> world.check(
                        !revision.isNewerThan(reached),
                        () -> replica + " awaited " + revision + " and got " + reached)));
    }

    // ---- what is promised

    private void apply(SnapshotEnvelope<Map<String, Row>> snapshot) throws Exception {
        life.requireAlive();
        world.check(!applies, () -> replica + " applies two snapshots at a time");
        world.check(!stopped, () -> replica + " applies after its stop");
        applies = true;
        try {
            replica.applying.slow(life);
            replica.applying.fail("the applier refuses");
            map.apply(snapshot);
            world.trace(() -> replica + " applies " + snapshot);
            replica.applying.slow(life);
        } finally {
            applies = false;
        }
    }

    void check() {
        if (map.hasValue()) {
            SyncedState.Snapshot<Map<String, Row>> now = map.snapshot();
            SyncedState.Snapshot<Map<String, Row>> before = last;
            if (before == null || before.value() != now.value()) {
                world.truth.check(replica.toString(), now.revision(), now.value());
                world.check(
                        before == null || mayGoBack || !before.revision().isNewerThan(now.revision()),
                        () -> replica + " went back from " + before.revision() + " to " + now.revision());
                last = now;
            }
        }
        if (replica.writes != null) {
            replica.writes.check();
        }
    }

    /** All that was true when the bound began is seen by now, unless the source went back and is not followed. */
    void requireAtLeast(int change) {
        if (!world.truth.wentBack()) {
            world.check(
                    last != null && last.value().get(Row.COUNT).token() >= change,
                    () -> replica + " is not at change " + change + " within the bound: " + last + " " + sync.status());
        }
    }

    void requirePrompt(int change) {
        if (prompt) {
            requireAtLeast(change);
        }
    }

    void requireConverged() {
        for (CompletableFuture<?> promise : promised) {
            world.check(promise.isDone() || world.truth.wentBack(), () -> replica + " never answered a call");
        }
        if (world.truth.wentBack() && replica.onRegression == OnRegression.IGNORE) {
            boolean same = last != null && last.value().equals(world.truth.rows());
            world.check(same || regressed || world.repeated(), () -> replica + " rests behind and does not say so");
            return;
        }
        if (!world.repeated()) {
            requireAtTruth();
        }
    }

    private void requireAtTruth() {
        world.check(
                last != null && last.value().equals(world.truth.rows()),
                () -> replica + " rests at " + last + " of " + world.truth.rows() + " " + sync.status());
        // an event of before the source went back keeps it in doubt for two minutes (E5)
        boolean live = sync.status().state() == SyncState.LIVE;
        world.check(live || world.truth.wentBack(), () -> replica + " is " + sync.status());
        world.check(transport.subscriptions() == 1, () -> replica + " has " + transport.subscriptions() + " links");
        world.check(!persistence.pending(), () -> replica + " never saved");
        replica.records.requireKept(sync.localRevision());
    }

    private final class Watching implements SyncListener {

        @Override
        public void onRefreshEnded(RefreshReport report) {
            world.trace(() -> replica + " " + report.cause() + " " + report.outcome() + " " + report.localRevision());
            regressed |= report.outcome() == RefreshOutcome.REGRESSED;
            mayGoBack |= regressed && replica.onRegression == OnRegression.ACCEPT;
        }
    }
}
