package io.statesync.spring;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.RevisionProbe;
import io.statesync.memory.InMemorySource;
import io.statesync.memory.InMemoryTransport;
import io.statesync.policy.RetryPolicy;
import io.statesync.spring.http.SimulatedHttp;
import io.statesync.test.Simulation;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A source and its replicas with the starter's defaults on virtual time: the engine, its start, its probe, the HTTP client
 * and the source's endpoints are production's; only the wire and the clock are not. One seed, one run.
 */
final class Herd implements AutoCloseable {

    static final String TOPIC = "prices";
    static final List<URI> ONE = List.of(URI.create("http://one:8080"));

    final Simulation simulation = new Simulation();
    final Random random;
    final SimulatedHttp http;
    final List<HerdReplica> replicas = new ArrayList<>();

    private final InMemoryTransport events = new InMemoryTransport();
    private final InMemorySource<String> truth = new InMemorySource<>(TOPIC, "data 1", this::publish);
    /** Which revision there was since when. */
    private final NavigableMap<Long, Revision> history = new TreeMap<>();

    private boolean dropping;

    Herd(long seed) {
        random = new Random(seed);
        http = new SimulatedHttp(
                simulation, random, name -> name.equals(TOPIC) ? new ExposedTopic(TOPIC, truth, truth) : null);
        history.put(now(), revision());
    }

    Herd replicas(int count) {
        return replicas(count, ONE, null);
    }

    Herd replicas(int count, List<URI> urls, @Nullable RetryPolicy retry) {
        for (int i = 0; i < count; i++) {
            replicas.add(new HerdReplica(this, events, urls, retry));
        }
        return this;
    }

    /** All at once, as after a deployment. */
    Herd start() {
        replicas.forEach(HerdReplica::start);
        return this;
    }

    Herd live() {
        start().converge(Duration.ofMinutes(2));
        simulation.run(RevisionProbe.DEFAULT_INTERVAL);
        return this;
    }

    /** Lets time pass until all replicas have what the source has; how long that took. */
    Duration converge(Duration patience) {
        long begun = now();
        simulation.until(
                "all replicas converge",
                () -> replicas.stream()
                        .allMatch(
                                replica -> replica.running() && replica.local().equals(revision())),
                patience);
        return Duration.ofNanos(now() - begun);
    }

    /** From now on no event reaches anybody. */
    void dropEvents() {
        dropping = true;
    }

    private void publish(InvalidationEvent event) {
        if (!dropping) {
            events.publish(event);
        }
    }

    /** Changes the state, and announces it. */
    void change() {
        Revision revision = truth.set("data " + (history.size() + 1));
        history.put(now(), revision);
    }

    /** Lets the source change this often within that time, at random moments. */
    void changes(int times, Duration within) {
        for (int i = 0; i < times; i++) {
            Duration moment = Duration.ofNanos((long) (within.toNanos() * random.nextDouble()));
            simulation.scheduler().schedule(this::change, moment);
        }
    }

    /** For how long something newer than this has been there; zero if it is the newest. */
    Duration olderBy(Revision revision) {
        return history.entrySet().stream()
                .filter(entry -> entry.getValue().isNewerThan(revision))
                .findFirst()
                .map(entry -> Duration.ofNanos(now() - entry.getKey()))
                .orElse(Duration.ZERO);
    }

    Revision revision() {
        try {
            Map<String, Revision> current = truth.current(List.of(TOPIC));
            return current.getOrDefault(TOPIC, Revision.ZERO);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    long now() {
        return simulation.scheduler().now();
    }

    double average(ToIntFunction<HerdReplica> count) {
        return replicas.stream().mapToInt(count).average().orElse(0);
    }

    int most(ToIntFunction<HerdReplica> count) {
        return replicas.stream().mapToInt(count).max().orElse(0);
    }

    @Override
    public void close() {
        replicas.forEach(HerdReplica::close);
        simulation.run(Duration.ofSeconds(1));
        simulation.close();
    }
}
