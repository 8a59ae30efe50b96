package io.statesync.test.simulation;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.RevisionReader;
import io.statesync.SnapshotEnvelope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A replica's requests to the source: slow, failing, torn off half-way, or answered by a cache that is not asked for. */
final class Way implements ConditionalSnapshotProvider<Map<String, Row>>, RevisionReader {

    /** How much later than its limit a call begins. */
    private static final long STARTING = 1_010_000_000;

    private final World world;
    private final Replica replica;
    private final Life life;
    private final SplittableRandom random;
    private final List<Long> inside = new ArrayList<>();
    private boolean stopped;

    /** Whether a call may be a later attempt of a fetch that began before it. */
    boolean retrying;

    /** Until when calls that began were given up by a stop. */
    private long givenUp = -1;

    int fetches;

    Way(World world, Replica replica, Life life, SplittableRandom random) {
        this.world = world;
        this.replica = replica;
        this.life = life;
        this.random = random;
    }

    void stops() {
        givenUp = life.now();
    }

    void stopped(boolean now) {
        stopped = now;
    }

    private boolean isAbandoned(Long begun) {
        return begun <= givenUp || life.now() - begun > World.FETCH_TIMEOUT.toNanos() - STARTING;
    }

    @Override
    public SnapshotEnvelope<Map<String, Row>> getSnapshot() throws Exception {
        return fetch(null).orElseThrow();
    }

    @Override
    public Optional<SnapshotEnvelope<Map<String, Row>>> getSnapshotUnless(Revision known) throws Exception {
        return fetch(known);
    }

    private Optional<SnapshotEnvelope<Map<String, Row>>> fetch(@Nullable Revision known) throws Exception {
        fetches++;
        world.check(retrying || !stopped, () -> replica + " fetches after its stop");
        world.check(inside.size() <= 1, () -> replica + " fetches beside a running and an abandoned fetch");
        world.check(
                retrying || inside.stream().allMatch(this::isAbandoned), () -> replica + " fetches twice at a time");
        Long begun = life.now();
        inside.add(begun);
        try {
            Source source = arrive();
            Life its = source.life();
            Optional<SnapshotEnvelope<Map<String, Row>>> answer = known == null
                    ? Optional.of(source.provider(this).getSnapshot())
                    : source.provider(this).getSnapshotUnless(known);
            answer.ifPresent(it -> world.serves(it));
            back(its);
            if (replica.mayHearOldAnswers() && replica.stale.strikes()) {
                return Optional.of(world.oldAnswer(random));
            }
            return answer;
        } finally {
            inside.remove(begun);
        }
    }

    @Override
    public Map<String, Revision> current(Collection<String> topics) throws Exception {
        Source source = arrive();
        Life its = source.life();
        Map<String, Revision> answer = source.counter().current(topics);
        back(its);
        return answer;
    }

    private Source arrive() throws Exception {
        life.block(random.nextInt(4) == 0 ? random.nextInt(30_000_000) : 0, false);
        replica.fetching.slow(life);
        replica.fetching.fail("the request did not arrive");
        Source source = world.anySource(random);
        if (!source.alive()) {
            throw new Trouble.Planned("connection refused");
        }
        return source;
    }

    private void back(Life its) throws Exception {
        replica.fetching.slow(life);
        if (!its.alive()) {
            throw new Trouble.Planned("connection reset");
        }
        if (replica.fetching.strikes()) {
            throw random.nextBoolean()
                    ? new Trouble.Planned("the answer was cut")
                    : new ProtocolException("the answer is garbage");
        }
    }

    /** The source takes its time, before the data and after them. */
    void reads() throws InterruptedException {
        if (world.slowReads && random.nextInt(4) == 0) {
            life.block(random.nextInt(100_000_000), false);
        }
    }
}
