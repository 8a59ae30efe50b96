package io.statesync.spring;

import io.statesync.Revision;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Announces the topics of which this application is the source, and starts its replicas, in parallel and in the background;
 * stops them, in parallel. May be started again after a stop (paused contexts). Topics that were opened at run time are
 * stopped with them, and started again if they had been.
 *
 * <p>It starts after the web server listens, so that an application may be a replica of its own endpoint, and stops before
 * a graceful shutdown begins.
 *
 * <p>An operator may pause a topic: its replica stops, and neither a start of the context nor a failed attempt starts it,
 * until it is resumed. A pause is forgotten with this context.
 */
public final class SyncLifecycle implements SmartLifecycle {

    private static final int PHASE = DEFAULT_PHASE - 512;

    private final Replicas replicas;
    private final TopicSources sources;
    private final Announcer announcer;
    private final Scheduler scheduler;

    private final InstantSource clock = InstantSource.system();

    /** By topic. Written under the lock, read without it. */
    private final Map<String, Pause> paused = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock; by topic; empty while stopped, without those that are paused */
    private final Map<String, ReplicaStart> starts = new LinkedHashMap<>();

    private boolean running;
    private long startedAt;

    public SyncLifecycle(Replicas replicas, TopicSources sources, Announcer announcer, Scheduler scheduler) {
        this.replicas = replicas;
        this.sources = sources;
        this.announcer = announcer;
        this.scheduler = scheduler;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public void start() {
        if (isRunning()) {
            return;
        }
        List<Replica> all = replicas.all();
        // first: if the counter does not answer, nothing has begun, and a later start finds it so
        Map<String, Revision> counted = sources.counted();
        List<ReplicaStart> started;
        lock.lock();
        try {
            if (running) {
                return;
            }
            running = true;
            all.stream()
                    .filter(it -> !paused.containsKey(it.topic()))
                    .forEach(it -> starts.put(it.topic(), new ReplicaStart(it, scheduler)));
            started = List.copyOf(starts.values());
            startedAt = scheduler.now();
        } finally {
            lock.unlock();
        }
        counted.forEach(announcer::announce);
        sources.labelled().forEach(announcer::announceOnceRead);
        started.forEach(ReplicaStart::attempt);
        replicas.openTopics().resume(scheduler);
    }

    @Override
    public void stop(Runnable callback) {
        List<ReplicaStart> stopping;
        lock.lock();
        try {
            running = false;
            stopping = List.copyOf(starts.values());
            starts.clear();
        } finally {
            lock.unlock();
        }
        List<CompletableFuture<Void>> stops =
                new ArrayList<>(replicas.openTopics().pause());
        stopping.forEach(start -> stops.add(start.stop()));
        CompletableFuture.allOf(stops.toArray(CompletableFuture<?>[]::new))
                .whenComplete((done, error) -> callback.run());
    }

    @Override
    public void stop() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        stop(() -> stopped.complete(null));
        stopped.join();
    }

    @Override
    public boolean isRunning() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stops a topic's replica until {@link #resume}: its subscription is closed, its data stays readable, and the start of
     * the application does not wait for it. A pause outlasts a stop and a start of this context. Idempotent.
     *
     * @return completes when the replica has stopped
     * @throws IllegalArgumentException if the topic has no replica here
     */
    public CompletableFuture<Void> pause(String topic) {
        Replica replica = replica(topic);
        Pause mine = new Pause(clock.instant(), new CompletableFuture<>());
        ReplicaStart start;
        lock.lock();
        try {
            Pause known = paused.putIfAbsent(topic, mine);
            if (known != null) {
                return known.stopped();
            }
            start = starts.remove(topic);
        } finally {
            lock.unlock();
        }
        CompletableFuture<Void> stopped = start == null ? replica.sync().stopAsync() : start.pause();
        stopped.whenComplete((done, error) -> mine.stopped().complete(null));
        return mine.stopped();
    }

    /**
     * Ends a pause: the replica starts once it has stopped, at the latest with the context. Does nothing if it is not paused.
     *
     * @throws IllegalArgumentException if the topic has no replica here
     */
    public void resume(String topic) {
        ReplicaStart start = new ReplicaStart(replica(topic), scheduler);
        Pause pause;
        lock.lock();
        try {
            pause = paused.remove(topic);
            if (pause == null || !running) {
                return;
            }
            starts.put(topic, start);
        } finally {
            lock.unlock();
        }
        pause.stopped().whenComplete((done, error) -> start.attempt());
    }

    /** Since when a topic is paused; null if it is not. */
    public @Nullable Instant pausedSince(String topic) {
        Pause pause = paused.get(topic);
        return pause == null ? null : pause.since();
    }

    /** When a topic that could not be started is tried again, from now; null if that is not planned. */
    public @Nullable Duration untilNextStart(String topic) {
        lock.lock();
        try {
            ReplicaStart start = starts.get(topic);
            return start == null ? null : start.untilNext();
        } finally {
            lock.unlock();
        }
    }

    private Replica replica(String topic) {
        return replicas.all().stream()
                .filter(it -> it.topic().equals(topic))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "topic \"" + topic + "\" has no replica here." + TopicPlan.known(replicas.topics())));
    }

    /**
     * Waits until each replica has its first snapshot, or with {@link Startup#PERSISTED_FIRST} a restored one; those with
     * {@link Startup#BACKGROUND} are not waited for.
     *
     * @throws SetupException if one has neither within its startup time-out; the message names the topic, its source and why
     * @throws java.util.concurrent.CancellationException if it is stopped meanwhile
     */
    public void awaitRequired() {
        List<ReplicaStart> required;
        long since;
        lock.lock();
        try {
            required = starts.values().stream()
                    .filter(it -> it.replica().settings().startup() != Startup.BACKGROUND)
                    .toList();
            since = startedAt;
        } finally {
            lock.unlock();
        }
        new FirstSnapshots(required, since, scheduler).await();
    }

    private record Pause(Instant since, CompletableFuture<Void> stopped) {}
}
