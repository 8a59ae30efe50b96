package io.statesync.test.simulation;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.source.RevisionCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** The whole system of one schedule: the truth, its sources, the replicas; what happens to them, and when it must end well. */
final class World {

    static final String TOPIC = "items";
    static final Duration PROBE = Duration.ofSeconds(30);
    static final Duration FETCH_TIMEOUT = Duration.ofSeconds(4);
    static final Duration BACKOFF = Duration.ofSeconds(5);

    /** Probe interval and a fifth, what hangs, one back-off of the start and of the catch-up, and the ways. */
    private static final long BOUND = PROBE.toNanos() * 12 / 10 + FETCH_TIMEOUT.toNanos() + 3 * BACKOFF.toNanos();

    /** The same without the probe: for what has a reason to fetch at once. */
    private static final long PROMPT = FETCH_TIMEOUT.toNanos() + 3 * BACKOFF.toNanos();

    private static final boolean TRACE = Boolean.getBoolean("statesync.simulation.trace");
    private static final long MILLI = 1_000_000;

    final SimulatedClock clock = new SimulatedClock(this::checkAll);
    final Truth truth = new Truth();
    private final List<Source> sources = new ArrayList<>();
    private final List<SnapshotEnvelope<Map<String, Row>>> answers = new ArrayList<>();
    private final List<Replica> replicas = new ArrayList<>();

    /** Whether the data may be younger than their label; then no old answer comes again, which would show it (P6). */
    final boolean slowReads;

    private AssertionError violation;

    World(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        slowReads = random.nextBoolean();
        boolean sharing = random.nextBoolean();
        RevisionCounter shared = sharing ? truth.watched(RevisionCounter.sequential()) : null;
        if (shared != null) {
            shared.next(TOPIC);
        }
        for (int i = 0; i < (sharing ? 2 : 1); i++) {
            sources.add(new Source(this, "source-" + i, shared, random.split()));
        }
        Records siblings = random.nextBoolean() ? new Records(this, random.split()) : null;
        int count = 2 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            Records records = siblings != null && i < 2 ? siblings : new Records(this, random.split());
            replicas.add(new Replica(this, i, records, i == 0, random.split()));
        }
        replicas.forEach(Replica::start);
    }

    /** Plays these steps, and lets the world come to rest. */
    void play(List<Step> steps) {
        for (Step step : steps) {
            clock.after(step.at() * MILLI, null, () -> new Happening(this, step).happens());
        }
        clock.runUntil(Step.FAULTS_END * MILLI);
        heal();
        int change = truth.changes();
        clock.runUntil(clock.now() + PROMPT);
        replicas.forEach(replica -> replica.process().requirePrompt(change));
        clock.runUntil(clock.now() + BOUND - PROMPT);
        replicas.forEach(replica -> replica.process().requireAtLeast(change));
        clock.runUntil(clock.now() + BOUND);
        replicas.forEach(replica -> replica.process().requireConverged());
        replicas.stream().filter(it -> it.writes != null).forEach(it -> it.writes.requireConverged());
        int fetches = fetches();
        clock.runUntil(clock.now() + PROBE.toNanos() * 12 / 10);
        check(truth.wentBack() || fetches == fetches(), () -> "fetches at rest");
    }

    private int fetches() {
        return replicas.stream().mapToInt(it -> it.process().way.fetches).sum();
    }

    private void heal() {
        replicas.forEach(Replica::heal);
        boolean unsaid = sources.stream().anyMatch(Source::heal);
        if (unsaid) {
            replicas.forEach(replica -> replica.process().hears());
        }
    }

    private void checkAll() {
        if (violation != null) {
            throw violation;
        }
        check(!truth.wentBack() || clock.jumpedBack(), () -> "a source issued an old revision");
        replicas.forEach(Replica::check);
    }

    /** Says what happens, with {@code -Dstatesync.simulation.trace=true}. */
    void trace(Supplier<String> what) {
        if (TRACE) {
            System.out.println(clock.now() / MILLI + " ms: " + what.get());
        }
    }

    /** Kept too, because what is thrown into the product is caught there. */
    void check(boolean holds, Supplier<String> claim) {
        if (!holds && violation == null) {
            violation = new AssertionError(claim.get());
        }
        if (!holds) {
            throw violation;
        }
    }

    /** Whether a revision was issued twice: nobody can tell the two states apart. */
    boolean repeated() {
        return truth.repeated();
    }

    void publish(InvalidationEvent event) {
        for (Replica replica : replicas) {
            ReplicaProcess process = replica.process();
            if (process != null) {
                process.hear(event);
            }
        }
    }

    void serves(SnapshotEnvelope<Map<String, Row>> answer) {
        truth.serve(answer.revision(), answer.data());
        answers.add(answer);
    }

    /** One of the last that were given to anybody, as from a cache on the way. */
    SnapshotEnvelope<Map<String, Row>> oldAnswer(SplittableRandom random) {
        return answers.get(answers.size() - 1 - random.nextInt(Math.min(6, answers.size())));
    }

    Source anySource(SplittableRandom random) {
        return sources.get(random.nextInt(sources.size()));
    }

    Replica anyReplica(SplittableRandom random) {
        return replicas.get(random.nextInt(replicas.size()));
    }

    /** Whether data may come back from a backup: of a lone source, and without undoing what was acknowledged. */
    boolean mayRestoreBackup() {
        return sources.size() == 1 && !writer().writes.any();
    }

    Replica writer() {
        return replicas.get(0);
    }

    Revision oldRevision(SplittableRandom random) {
        List<Long> all = truth.revisions();
        return new Revision(all.get(random.nextInt(all.size())));
    }
}
