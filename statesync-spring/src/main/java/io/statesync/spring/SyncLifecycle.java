package io.statesync.spring;

import io.statesync.policy.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.context.SmartLifecycle;

/**
 * Announces the topics of which this application is the source, and starts its replicas, in parallel and in the background;
 * stops them, in parallel. May be started again after a stop (paused contexts). Topics that were opened at run time are
 * stopped with them, and started again if they had been.
 *
 * <p>It starts after the web server listens, so that an application may be a replica of its own endpoint, and stops before
 * a graceful shutdown begins.
 */
public final class SyncLifecycle implements SmartLifecycle {

    private static final int PHASE = DEFAULT_PHASE - 512;

    private final Replicas replicas;
    private final TopicSources sources;
    private final Announcer announcer;
    private final Scheduler scheduler;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock; empty while stopped */
    private List<ReplicaStart> starts = List.of();
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
        List<ReplicaStart> started = replicas.all().stream()
                .map(it -> new ReplicaStart(it, scheduler))
                .toList();
        lock.lock();
        try {
            if (running) {
                return;
            }
            running = true;
            starts = started;
            startedAt = scheduler.now();
        } finally {
            lock.unlock();
        }
        sources.counted().forEach(announcer::announce);
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
            stopping = starts;
            starts = List.of();
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
     * Waits until each replica with {@link Startup#REQUIRED} has its first snapshot.
     *
     * @throws SetupException if one does not within its startup time-out; the message names the topic, its source and why
     * @throws java.util.concurrent.CancellationException if it is stopped meanwhile
     */
    public void awaitRequired() {
        List<ReplicaStart> required;
        long since;
        lock.lock();
        try {
            required = starts.stream()
                    .filter(it -> it.replica().settings().startup() == Startup.REQUIRED)
                    .toList();
            since = startedAt;
        } finally {
            lock.unlock();
        }
        new FirstSnapshots(required, since, scheduler).await();
    }
}
