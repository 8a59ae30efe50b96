package io.statesync.test.simulation;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.RevisionReader;
import io.statesync.SnapshotEnvelope;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A replica's requests to the source: slow, failing, torn off half-way, or answered by a cache that is not asked for. */
final class Way implements ConditionalSnapshotProvider<Map<String, Row>>, RevisionReader {

    private final World world;
    private final Replica replica;
    private final Life life;
    private final SplittableRandom random;
    private final Deque<SnapshotEnvelope<Map<String, Row>>> seen = new ArrayDeque<>();
    private int inside;
    int fetches;

    Way(World world, Replica replica, Life life, SplittableRandom random) {
        this.world = world;
        this.replica = replica;
        this.life = life;
        this.random = random;
    }

    @Override
    public SnapshotEnvelope<Map<String, Row>> getSnapshot() throws Exception {
        return fetch(null).orElseThrow();
    }

    @Override
    public Optional<SnapshotEnvelope<Map<String, Row>>> getSnapshotUnless(Revision known) throws Exception {
        return fetch(known);
    }

    private Optional<SnapshotEnvelope<Map<String, Row>>> fetch(@org.jspecify.annotations.Nullable Revision known)
            throws Exception {
        fetches++;
        world.check(inside <= 1, () -> replica + " fetches beside a running and an abandoned fetch");
        inside++;
        try {
            Source source = arrive();
            Life its = source.life();
            Optional<SnapshotEnvelope<Map<String, Row>>> answer = known == null
                    ? Optional.of(source.provider(this).getSnapshot())
                    : source.provider(this).getSnapshotUnless(known);
            answer.ifPresent(it -> world.truth.serve(it.revision(), it.data()));
            back(its);
            answer.ifPresent(this::remember);
            if (!world.slowReads && replica.stale.strikes() && !seen.isEmpty()) {
                return Optional.of(seen.peekFirst());
            }
            return answer;
        } finally {
            inside--;
        }
    }

    private void remember(SnapshotEnvelope<Map<String, Row>> snapshot) {
        seen.addLast(snapshot);
        if (seen.size() > 4) {
            seen.removeFirst();
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

    void betweenRevisionAndData() throws InterruptedException {
        if (world.slowReads && random.nextInt(4) == 0) {
            life.block(random.nextInt(100_000_000), false);
        }
    }
}
