package io.statesync.test;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.Revision;
import io.statesync.RevisionReader;
import io.statesync.SnapshotEnvelope;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A source of truth inside a {@link Simulation}: a value, its revision, and a {@linkplain #reader() snapshot provider} for
 * each replica. It begins at revision 0. Changes the data, then issues the revision, then announces it (P6). Used by the
 * thread that has the simulation's turn.
 *
 * @param <T> an immutable type
 */
public final class SimulatedStore<T> implements RevisionReader {

    private final String topic;
    private final Simulation simulation;
    private final InvalidationPublisher publisher;
    private final UnaryOperator<T> copy;
    private final long seed;

    /** What it ever held, by the nanosecond since which it did. */
    private final NavigableMap<Long, SnapshotEnvelope<T>> history = new TreeMap<>();

    private Revision revision = Revision.ZERO;
    private T data;
    private Duration contention = Duration.ZERO;
    private int reading;
    private int readers;

    /**
     * @param copy makes the copy of the data that a snapshot carries, for example through JSON, so that replicas share no
     *     object
     */
    public SimulatedStore(
            String topic,
            T initial,
            Simulation simulation,
            InvalidationPublisher publisher,
            UnaryOperator<T> copy,
            long seed) {
        this.topic = topic;
        this.data = initial;
        this.simulation = simulation;
        this.publisher = publisher;
        this.copy = copy;
        this.seed = seed;
        remember();
    }

    public String topic() {
        return topic;
    }

    public T data() {
        return data;
    }

    public Revision revision() {
        return revision;
    }

    /** Changes the data and announces the next revision in the writer's name. */
    public Revision update(String writer, UnaryOperator<T> change) {
        return update(writer, change, revision.next());
    }

    /** Changes the data and announces this revision, which may leave others out. */
    public Revision update(String writer, UnaryOperator<T> change, Revision next) {
        if (!next.isNewerThan(revision)) {
            throw new IllegalArgumentException(
                    "topic \"" + topic + "\" is at " + revision + ", its next revision cannot be " + next);
        }
        data = change.apply(data);
        revision = next;
        remember();
        publisher.publish(new InvalidationEvent(topic, next, writer, InvalidationEvent.NO_TIMESTAMP, null));
        return next;
    }

    /** A new provider of this store's snapshots, with knobs of its own. */
    public SimulatedReader<T> reader() {
        readers++;
        return new SimulatedReader<>(this, simulation, seed + readers);
    }

    /** From now on a read takes this much longer for each other read that is under way when it begins. */
    public void contention(Duration perOtherRead) {
        contention = perOtherRead;
    }

    @Override
    public Map<String, Revision> current(Collection<String> topics) {
        return topics.contains(topic) ? Map.of(topic, revision) : Map.of();
    }

    /** The snapshot that this long ago was the newest. */
    SnapshotEnvelope<T> snapshot(Duration ago) {
        Map.Entry<Long, SnapshotEnvelope<T>> then =
                history.floorEntry(simulation.scheduler().now() - ago.toNanos());
        SnapshotEnvelope<T> read = then == null ? history.firstEntry().getValue() : then.getValue();
        return read.map(held -> held == null ? null : copy.apply(held));
    }

    private void remember() {
        history.put(simulation.scheduler().now(), new SnapshotEnvelope<>(revision, data));
    }

    /** Notes that a read begins; how much longer it takes because of the others. */
    Duration enter() {
        Duration wait = contention.multipliedBy(reading);
        reading++;
        return wait;
    }

    void exit() {
        reading--;
    }
}
