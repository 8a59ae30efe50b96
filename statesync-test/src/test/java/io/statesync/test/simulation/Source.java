package io.statesync.test.simulation;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.policy.Backoff;
import io.statesync.source.ResendingPublisher;
import io.statesync.source.RevisionCounter;
import io.statesync.source.SourceProvider;
import io.statesync.source.StatePublisher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An instance of the source. Either all share a counter that outlives them, in the transaction that changes the data, or the
 * only one counts in its memory.
 */
final class Source {

    private final World world;
    private final String id;
    private final SplittableRandom random;
    private final @Nullable RevisionCounter shared;
    final Trouble cut;
    private Life life;
    private RevisionCounter counter;
    private int announcing;
    /** What the broker did not take. */
    private @Nullable Revision unsaid;

    private ResendingPublisher publisher;
    private StatePublisher state;
    private SourceProvider<Map<String, Row>> provider;

    /** Who reads just now, and may have to wait for the data after it has the revision. */
    private @Nullable Way reader;

    Source(World world, String id, @Nullable RevisionCounter shared, SplittableRandom random) {
        this.world = world;
        this.id = id;
        this.shared = shared;
        this.random = random;
        this.cut = new Trouble(world.clock, random.split());
        start();
    }

    void start() {
        world.trace(() -> id + " starts");
        Life begun = new Life(world.clock, random.split());
        life = begun;
        announcing = 0;
        unsaid = null;
        counter = shared != null
                ? shared
                : world.truth.watched(RevisionCounter.hybrid(() -> Instant.ofEpochMilli(world.clock.wallMillis())));
        Backoff backoff =
                Backoff.of(Duration.ofMillis(200), Duration.ofSeconds(5)).withJitter(random::nextDouble);
        publisher = new ResendingPublisher(this::announce, begun, begun, backoff, (event, failure) -> {});
        state = StatePublisher.of(counter, publisher, id);
        provider = new SourceProvider<>(World.TOPIC, counter, this::read);
        if (shared == null) {
            state.invalidate(World.TOPIC);
        }
    }

    /** Whether it will say by itself what is newest. */
    boolean heal() {
        cut.end();
        if (alive()) {
            return current().equals(unsaid);
        }
        start();
        return false;
    }

    private void announce(InvalidationEvent event) {
        if (cut.strikes()) {
            unsaid = event.revision();
            throw new IllegalStateException("the broker is away");
        }
        unsaid = unsaid == null || unsaid.isNewerThan(event.revision()) ? unsaid : null;
        world.publish(event);
    }

    Life life() {
        return life;
    }

    boolean alive() {
        return life.alive();
    }

    SourceProvider<Map<String, Row>> provider(Way newReader) {
        reader = newReader;
        return provider;
    }

    RevisionCounter counter() {
        return counter;
    }

    private Map<String, Row> read() throws InterruptedException {
        Way waiting = reader;
        reader = null;
        if (waiting != null) {
            waiting.reads();
        }
        Map<String, Row> rows = world.truth.rows();
        if (waiting != null) {
            waiting.reads();
        }
        return rows;
    }

    /** Whether it has changed the data and not said so yet. */
    boolean announcing() {
        return announcing > 0;
    }

    Revision current() {
        try {
            return counter.current(List.of(World.TOPIC)).get(World.TOPIC);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes the data; the announcement may come later, or never if the process dies before. */
    void write(Consumer<Map<String, Row>> edit, Consumer<Revision> written) {
        world.truth.change(edit);
        Duration gap = Duration.ofNanos(random.nextInt(3) == 0 ? random.nextInt(200_000_000) : 0);
        if (shared != null) {
            Revision revision = counter.next(World.TOPIC);
            written.accept(revision);
            life.schedule(() -> publisher.publish(InvalidationEvent.of(World.TOPIC, revision)), gap);
        } else if (gap.isZero()) {
            written.accept(state.invalidate(World.TOPIC).join());
        } else {
            announcing++;
            life.schedule(
                    () -> {
                        announcing--;
                        written.accept(state.invalidate(World.TOPIC).join());
                    },
                    gap);
        }
    }
}
