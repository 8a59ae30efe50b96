package io.statesync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The world around one engine, on one thread: what the engine asks for is kept in lists, and a schedule decides what happens
 * next. Checks safety at each step.
 */
final class SimulatedWorld implements Effects<Long> {

    private static final Duration FETCH_TIMEOUT = Duration.ofMillis(500);
    private static final Duration STOP_TIMEOUT = Duration.ofMillis(300);

    final Random random;
    final SimulatedTime time = new SimulatedTime();
    long truth = 1;
    boolean faults = true;
    boolean lagging;

    final List<EventIntake> subscribing = new ArrayList<>();
    final Set<EventIntake> subscribed = new LinkedHashSet<>();
    final List<Fetching> fetches = new ArrayList<>();
    final List<Applying> applies = new ArrayList<>();
    final List<Effect> elsewhere = new ArrayList<>();
    private final Set<Token> unwanted = new LinkedHashSet<>();
    private final Map<Round<Long>, SimulatedTime.Timer> limits = new LinkedHashMap<>();
    private @Nullable AssertionError violation;
    /** What the checks remember. */
    long applied = -1;

    boolean stopped;
    /** A demand may wait for the next event then (EX-32). */
    boolean timerRefused;
    /** Since when the engine has had a reason to fetch although nothing newer is announced. */
    boolean doubt = true;

    int doubts;
    int doubtsAtFetch;
    private int doubtsWhenAsked = -1;
    int fetchCount;

    @SuppressWarnings("NullAway.Init")
    Engine<Long> engine;

    SimulatedWorld(Random random) {
        this.random = random;
        this.lagging = random.nextInt(2) == 0;
    }

    /** Kept too, because what is thrown inside a future's callback is lost. */
    void check(boolean holds, String claim) {
        if (!holds) {
            violation = violation == null ? new AssertionError(claim) : violation;
            throw violation;
        }
    }

    void rethrowViolation() {
        if (violation != null) {
            throw violation;
        }
    }

    boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    @Override
    public long now() {
        return time.now();
    }

    @Override
    public InvalidationFilter filter() {
        return InvalidationFilter.ALL;
    }

    @Override
    public void subscribe(EventIntake token) {
        if (faults && chance(30)) {
            engine.lifeCycle.subscribeFailed(token, SyncPhase.START, new IllegalStateException("no thread"));
        } else {
            subscribing.add(token);
        }
    }

    @Override
    public void unsubscribe(Token token, @Nullable Throwable cause) {
        subscribed.remove(token);
        unwanted.add(token);
    }

    @Override
    public void fetch(Round<Long> round) {
        fetchCount++;
        boolean asked = !round.callers.isEmpty();
        if (faults && chance(40)) {
            engine.slot.failed(round, SyncPhase.REFRESH, new IllegalStateException("no thread"), 0);
        } else {
            fetches.add(new Fetching(round, asked, doubtsWhenAsked < 0 ? doubts : doubtsWhenAsked));
        }
    }

    @Override
    public void apply(Round<Long> round) {
        applies.add(new Applying(round));
    }

    @Override
    public void elsewhere(Effect effect) {
        int then = doubts;
        elsewhere.add(() -> {
            doubtsWhenAsked = then;
            effect.run();
            doubtsWhenAsked = -1;
        });
    }

    @Override
    public void wakeIn(Wake wanted, Duration delay) {
        if (faults && chance(40)) {
            timerRefused = true;
            engine.slot.wakeRefused(wanted);
        } else {
            wanted.armed(time.schedule(() -> engine.slot.wake(wanted), delay));
        }
    }

    @Override
    public void noWake(Wake unwanted) {
        unwanted.cancel();
    }

    @Override
    public void limitFetch(Round<Long> round) {
        limits.put(round, time.schedule(() -> engine.slot.timedOut(round, FETCH_TIMEOUT), FETCH_TIMEOUT));
    }

    @Override
    public void limitApply(Round<Long> round) {
        limits.put(round, time.schedule(() -> engine.lifeCycle.giveUp(round, STOP_TIMEOUT), STOP_TIMEOUT));
    }

    @Override
    public void unlimit(Round<Long> round) {
        SimulatedTime.Timer limit = limits.remove(round);
        if (limit != null) {
            limit.cancel();
        }
    }

    @Override
    public void probing() {
        // the schedule probes when it likes
    }

    void answerSubscribe(boolean fails) {
        EventIntake token = subscribing.remove(random.nextInt(subscribing.size()));
        if (fails) {
            engine.lifeCycle.subscribeFailed(token, SyncPhase.SUBSCRIBE, new IllegalStateException("refused"));
        } else if (!unwanted.contains(token)) {
            subscribed.add(token);
            inDoubt();
            engine.lifeCycle.subscribed(token);
        }
    }

    void inDoubt() {
        doubt = true;
        doubts++;
    }

    void runElsewhere() {
        elsewhere.remove(0).run();
    }

    /** A fetch in the provider: it reads when it begins and answers later. */
    final class Fetching {

        final Round<Long> round;
        private final boolean asked;
        private final int doubtsAtStart;
        private final Thread runner = new Thread(() -> {}, "simulated");
        private boolean begun;
        private boolean current;
        private @Nullable SnapshotEnvelope<Long> read;

        Fetching(Round<Long> round, boolean asked, int doubts) {
            this.round = round;
            this.asked = asked;
            this.doubtsAtStart = doubts;
        }

        void begin() {
            if (begun) {
                return;
            }
            begun = true;
            current = engine.slot.enter(round, Round.Stage.FETCHING, runner);
            if (!current) {
                fetches.remove(this);
                return;
            }
            check(!stopped, "a fetch begins after the stop");
            check(
                    asked || doubt || Revision.isNewer(round.announcedAtStart, engine.ledger.local()),
                    "a fetch for nothing: nobody asked, nothing newer is announced, nothing is in doubt");
            doubtsAtFetch = doubtsAtStart;
            long abandoned = fetches.stream()
                    .filter(other -> other != this && other.current && other.round.lingering)
                    .count();
            long live = fetches.stream()
                    .filter(other -> other != this && other.current && !other.round.lingering)
                    .count();
            check(live == 0, "two fetches at a time");
            check(abandoned <= 1, "a fetch begins beside two abandoned ones");
            check(applies.stream().noneMatch(Applying::running), "a fetch begins during an apply");
            boolean old = lagging && faults && chance(5);
            long revision = old ? 1 + random.nextInt((int) truth) : truth;
            Revision known = round.known;
            boolean notModified = known != null && known.bits() == revision && random.nextBoolean();
            read = notModified ? null : new SnapshotEnvelope<>(new Revision(revision), revision);
        }

        void end(boolean fails) {
            begin();
            if (!fetches.remove(this)) {
                return;
            }
            engine.slot.leave(round);
            if (fails) {
                engine.slot.failed(round, SyncPhase.GET_SNAPSHOT, new IllegalStateException("fetch"), 1);
            } else {
                engine.slot.fetched(round, read);
            }
        }
    }

    /** A snapshot on its way into the applier. */
    final class Applying {

        private final Round<Long> round;
        private final Thread runner = new Thread(() -> {}, "simulated");
        private boolean begun;

        Applying(Round<Long> round) {
            this.round = round;
        }

        boolean running() {
            return begun;
        }

        void begin() {
            if (begun) {
                return;
            }
            begun = engine.slot.enter(round, Round.Stage.APPLYING, runner);
            if (!begun) {
                applies.remove(this);
                return;
            }
            check(!stopped, "an apply begins after the stop");
            check(applies.stream().filter(Applying::running).count() == 1, "two applies at a time");
            long revision = snapshot().revision().bits();
            check(
                    applied == -1 || Revision.isNewer(revision, applied),
                    "an apply goes back: " + applied + " -> " + revision);
        }

        void end(boolean fails) {
            begin();
            if (!applies.remove(this)) {
                return;
            }
            if (fails) {
                inDoubt();
            } else {
                applied = snapshot().revision().bits();
            }
            engine.slot.applied(round, snapshot(), fails ? new IllegalStateException("apply") : null);
        }

        private SnapshotEnvelope<Long> snapshot() {
            SnapshotEnvelope<Long> snapshot = round.snapshot;
            if (snapshot == null) {
                throw new AssertionError("an apply without a snapshot");
            }
            return snapshot;
        }
    }
}
