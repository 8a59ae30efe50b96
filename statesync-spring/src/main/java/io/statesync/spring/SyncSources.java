package io.statesync.spring;

import io.statesync.InvalidationSubscriber;
import io.statesync.RevisionProbe;
import io.statesync.policy.LimitedExecutor;
import io.statesync.policy.Scheduler;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources that this application's replicas read, opened when the first topic needs them. Each has a bounded share of
 * the refresh pool (E16) and a probe (P8), which costs nothing until a topic uses it: each does unless the source is this
 * application itself, otherwise those whose copies have to be found current from time to time. Safe for use by any thread.
 */
public final class SyncSources implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SyncSources.class);

    private final TopicSources here;
    private final List<EventDriver> eventDrivers;
    private final List<SnapshotDriver> snapshotDrivers;
    private final Scheduler scheduler;
    private final Executor executor;

    /** Each is opened once, by whoever puts its future in; others wait for that. */
    private final ConcurrentMap<SourceSettings, CompletableFuture<Open>> open = new ConcurrentHashMap<>();

    private final Deque<AutoCloseable> closing = new ConcurrentLinkedDeque<>();

    public SyncSources(
            TopicSources here,
            Stream<EventDriver> eventDrivers,
            Stream<SnapshotDriver> snapshotDrivers,
            Scheduler scheduler,
            Executor executor) {
        this.here = here;
        this.eventDrivers = eventDrivers.toList();
        this.snapshotDrivers = snapshotDrivers.toList();
        this.scheduler = scheduler;
        this.executor = executor;
    }

    Open open(SourceSettings settings) {
        CompletableFuture<Open> mine = new CompletableFuture<>();
        CompletableFuture<Open> first = open.putIfAbsent(settings, mine);
        if (first != null) {
            return first.join();
        }
        try {
            Open opened = opened(settings);
            mine.complete(opened);
            return opened;
        } catch (RuntimeException | Error e) {
            open.remove(settings, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private Open opened(SourceSettings settings) {
        SourceLog sourceLog = new SourceLog(settings, scheduler);
        InvalidationSubscriber subscriber = eventDriver(settings).open(settings, sourceLog);
        closing.addFirst(closer(subscriber));
        SnapshotSource snapshots = snapshots(settings);
        closing.addFirst(closer(snapshots));
        RevisionProbe probe =
                new RevisionProbe(snapshots, settings.probeInterval(), scheduler, executor, sourceLog::probed);
        closing.addFirst(probe);
        Executor share = new LimitedExecutor(executor, settings.maxConcurrentFetches());
        return new Open(sourceLog, subscriber, snapshots, probe, !settings.isThisApplication(), share);
    }

    private SnapshotSource snapshots(SourceSettings settings) {
        if (settings.snapshots().equals(SourceSettings.LOCAL)) {
            return here.local();
        }
        return Drivers.named(
                        property(settings, "snapshots"),
                        settings.snapshots(),
                        snapshotDrivers,
                        SnapshotDriver::name,
                        SnapshotDriver.class,
                        SourceSettings.LOCAL)
                .open(settings);
    }

    private EventDriver eventDriver(SourceSettings settings) {
        return Drivers.named(
                property(settings, "events"), settings.events(), eventDrivers, EventDriver::name, EventDriver.class);
    }

    private static String property(SourceSettings settings, String key) {
        return "statesync.sources." + settings.name() + "." + key;
    }

    private static AutoCloseable closer(Object part) {
        return part instanceof AutoCloseable closeable ? closeable : () -> {};
    }

    /** Closes connections and probes. The replicas are stopped by then. */
    @Override
    public void close() {
        for (AutoCloseable part : closing) {
            try {
                part.close();
            } catch (Exception e) {
                log.warn("Could not close {}", part, e);
            }
        }
        closing.clear();
    }

    record Open(
            SourceLog log,
            InvalidationSubscriber subscriber,
            SnapshotSource snapshots,
            RevisionProbe probe,
            boolean remote,
            Executor executor) {}
}
