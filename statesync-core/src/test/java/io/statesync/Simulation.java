package io.statesync;

import io.statesync.policy.Backoff;
import io.statesync.policy.Throttling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/**
 * EX-29: one random schedule of events, losses, duplicates, reorderings, failures, stops and starts. Safety is checked after
 * every step; once faults end, the engine converges. A seed replays its schedule.
 */
final class Simulation {

    static final LongAdder FETCHES = new LongAdder();

    private final SimulatedWorld world;
    private final Engine<Long> engine;
    private final boolean catchUp;
    private final List<CompletableFuture<?>> promised = new ArrayList<>();

    /** The newest revision that the present subscription was told of. */
    private long heard;

    private long lowestLocal;
    private boolean closedForGood;
    private RefreshOutcome lastOutcome = RefreshOutcome.FAILED;

    private Simulation(long seed) {
        Random random = new Random(seed);
        world = new SimulatedWorld(random);
        catchUp = random.nextInt(4) != 0;
        Backoff backoff =
                Backoff.of(Duration.ofMillis(10), Duration.ofSeconds(1)).withJitter(random::nextDouble);
        Demand demand = new Demand(catchUp ? backoff : null, throttling(random));
        Observers observers = new Observers("simulated", List.of(new Watching()));
        engine = new Engine<>("simulated", new Ledger(demand, Regressions.IGNORED), world, observers);
        world.engine = engine;
    }

    private static Throttling throttling(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Throttling.debounce(Duration.ofMillis(50));
            case 1 -> Throttling.throttle(Duration.ofMillis(100));
            default -> Throttling.NONE;
        };
    }

    /** Plays the schedule of this seed. */
    static void play(long seed) {
        Simulation simulation = new Simulation(seed);
        try {
            simulation.play();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
        FETCHES.add(simulation.world.fetchCount);
    }

    private void play() {
        int steps = 20 + world.random.nextInt(120);
        for (int i = 0; i < steps; i++) {
            step();
            checkAfterStep();
        }
        world.faults = false;
        settle();
        boolean running = engine.lifeCycle.running();
        if (running && catchUp && !world.timerRefused) {
            world.check(!Revision.isNewer(heard, local()), "heard " + heard + " and rests at " + local());
            world.check(isLive() || lastOutcome == RefreshOutcome.REGRESSED, "at rest, and yet not live");
        }
        if (running) {
            engine.probed(world.truth);
            settle();
            world.check(local() == world.truth, "not converged: " + local() + " of " + world.truth);
            world.check(world.subscribed.size() == 1, "subscriptions: " + world.subscribed.size());
            world.check(isLive(), "converged, and yet not live");
        } else {
            world.check(world.subscribed.isEmpty(), "a subscription is left behind");
        }
        for (CompletableFuture<?> promise : promised) {
            world.check(promise.isDone(), "a future never completed");
        }
    }

    private boolean isLive() {
        return engine.ledger.live(world.time.now(), Duration.ofSeconds(1), null);
    }

    private long local() {
        return engine.ledger.local();
    }

    private void checkAfterStep() {
        world.rethrowViolation();
        world.check(!Revision.isNewer(lowestLocal, local()), "the local revision went back");
        lowestLocal = local();
        long applied = world.applied == -1 ? 0 : world.applied;
        world.check(local() == applied, "recorded " + local() + ", applied " + applied);
    }

    // ---- the schedule

    private void step() {
        switch (world.random.nextInt(17)) {
            case 0, 1 -> {
                world.truth++;
                if (!world.chance(4)) {
                    deliver();
                }
            }
            case 2 -> deliver();
            case 3 -> refresh();
            case 4 -> pick(world.fetches, SimulatedWorld.Fetching::begin);
            case 5, 6 -> pick(world.fetches, fetch -> fetch.end(world.chance(4)));
            case 7 -> pick(world.applies, SimulatedWorld.Applying::begin);
            case 8 -> pick(world.applies, apply -> apply.end(world.chance(5)));
            case 9 -> start();
            case 10 -> {
                if (!world.subscribing.isEmpty()) {
                    world.answerSubscribe(world.chance(4));
                }
            }
            case 11 -> {
                if (world.chance(4)) {
                    stop(world.chance(8));
                }
            }
            case 12, 13 -> world.time.pass(Duration.ofMillis(world.random.nextInt(300)));
            case 14 -> linkOrOffer();
            case 15 -> probe();
            default -> {
                if (!world.elsewhere.isEmpty()) {
                    world.runElsewhere();
                }
            }
        }
    }

    private <E> void pick(List<E> from, java.util.function.Consumer<E> action) {
        if (!from.isEmpty()) {
            action.accept(from.get(world.random.nextInt(from.size())));
        }
    }

    /** A new, an old or a repeated event, for the live subscription or one of a former life. */
    private void deliver() {
        if (world.subscribed.isEmpty()) {
            return;
        }
        List<EventIntake> tokens = List.copyOf(world.subscribed);
        EventIntake token = tokens.get(world.random.nextInt(tokens.size()));
        long revision = world.chance(3) ? 1 + world.random.nextInt((int) world.truth) : world.truth;
        if (engine.lifeCycle.holds(token) && Revision.isNewer(revision, heard)) {
            heard = revision;
        }
        token.onInvalidation("simulated", Long.toUnsignedString(revision), null, -1, null);
    }

    private void refresh() {
        long before = world.truth;
        boolean stopped = !engine.lifeCycle.open();
        SyncFuture<Revision> refreshed = engine.future();
        promised.add(refreshed.thenAccept(revision -> world.check(
                stopped
                        || world.lagging
                        || lastOutcome == RefreshOutcome.OVERTAKEN
                        || !Revision.isNewer(before, revision.bits()),
                "a refresh completed with the state of before the call: " + revision + " < " + before)));
        promised.add(refreshed);
        engine.refresh(refreshed);
    }

    private void start() {
        SyncFuture<Void> started = engine.future();
        promised.add(started);
        world.stopped = closedForGood;
        engine.lifeCycle.start(started);
    }

    private void stop(boolean forGood) {
        closedForGood |= forGood;
        heard = 0;
        SyncFuture<Void> stopping = engine.future();
        promised.add(stopping);
        stopping.thenRun(() -> {
            if (!engine.lifeCycle.open()) {
                world.stopped = true;
                world.check(
                        world.applies.stream().noneMatch(SimulatedWorld.Applying::running)
                                || engine.slot.applying() != null,
                        "a stop returned during an apply");
            }
        });
        engine.lifeCycle.stop(forGood, stopping, Thread.currentThread());
    }

    private void linkOrOffer() {
        if (world.random.nextBoolean()) {
            long revision = 1 + world.random.nextInt((int) world.truth);
            SyncFuture<Revision> taken = engine.future();
            promised.add(taken);
            engine.offer(new SnapshotEnvelope<>(new Revision(revision), revision), taken);
        } else if (!world.subscribed.isEmpty()) {
            Token token = world.subscribed.iterator().next();
            engine.connectionLost(token, null);
            world.inDoubt();
            engine.connectionRestored(token);
        }
    }

    /** An answer that is current, or was. */
    private void probe() {
        long answer = world.chance(3) ? 1 + world.random.nextInt((int) world.truth) : world.truth;
        if (engine.ledger.primed() && Revision.isNewer(local(), answer)) {
            world.inDoubt();
        }
        engine.probed(answer);
    }

    /** Everything that is under way ends well, and time passes. */
    private void settle() {
        for (int i = 0; i < 200; i++) {
            drain();
            world.time.pass(Duration.ofMillis(200));
        }
        drain();
    }

    private void drain() {
        for (int i = 0; i < 1_000; i++) {
            if (!world.elsewhere.isEmpty()) {
                world.runElsewhere();
            } else if (!world.subscribing.isEmpty()) {
                world.answerSubscribe(false);
            } else if (!world.fetches.isEmpty()) {
                pick(world.fetches, fetch -> fetch.end(false));
            } else if (!world.applies.isEmpty()) {
                world.applies.get(0).end(false);
            } else {
                return;
            }
            checkAfterStep();
        }
        throw new AssertionError("it never comes to rest");
    }

    /** Notes when a fetch has answered what was in doubt. */
    private final class Watching implements SyncListener {

        @Override
        public void onRefreshEnded(RefreshReport report) {
            if (report.cause() == RefreshCause.OFFER) {
                return;
            }
            lastOutcome = report.outcome();
            if (lastOutcome == RefreshOutcome.REGRESSED) {
                world.inDoubt();
            } else if (lastOutcome != RefreshOutcome.FAILED && world.doubtsAtFetch == world.doubts) {
                world.doubt = false;
            }
        }
    }
}
