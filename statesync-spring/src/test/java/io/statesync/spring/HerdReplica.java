package io.statesync.spring;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.InvalidationSubscriber;
import io.statesync.OnRegression;
import io.statesync.Revision;
import io.statesync.RevisionProbe;
import io.statesync.RevisionSync;
import io.statesync.SyncListener;
import io.statesync.policy.Backoff;
import io.statesync.policy.LimitedExecutor;
import io.statesync.policy.RetryPolicy;
import io.statesync.policy.Throttling;
import io.statesync.spring.http.HttpSource;
import io.statesync.test.RecordingApplier;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One process of a {@link Herd}: one topic, wired as {@link Replicas} and {@link SyncSources} do it. */
final class HerdReplica implements AutoCloseable {

    private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(30);

    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicInteger questions = new AtomicInteger();
    private final RevisionSync<String> sync;
    private final RevisionProbe probe;
    private final ReplicaStart start;

    HerdReplica(Herd herd, InvalidationSubscriber events, List<URI> urls, @Nullable RetryPolicy retry) {
        HttpSource source =
                HttpSource.at(urls).client(herd.http.client(this::count)).build();
        Backoff catchUp = Backoff.CATCH_UP.withJitter(herd.random::nextDouble);
        Executor executor = new LimitedExecutor(herd.simulation, 8);
        ConditionalSnapshotProvider<String> provider = source.provider(Herd.TOPIC, String.class);
        probe = new RevisionProbe(
                source.revisions(),
                RevisionProbe.DEFAULT_INTERVAL,
                herd.simulation.scheduler(),
                herd.simulation,
                error -> {},
                herd.random::nextDouble);
        sync = RevisionSync.forTopic(Herd.TOPIC)
                .subscriber(events)
                .provider(retry == null ? provider : provider.withRetry(retry, SyncListener.NONE))
                .applier(new RecordingApplier<String>())
                .executor(executor)
                .scheduler(herd.simulation.scheduler())
                .fetchTimeout(FETCH_TIMEOUT)
                .catchUp(catchUp)
                .probe(probe)
                .build();
        TopicSettings settings = new TopicSettings(
                false,
                null,
                null,
                Startup.REQUIRED,
                FETCH_TIMEOUT,
                FETCH_TIMEOUT,
                Duration.ofSeconds(10),
                catchUp,
                Throttling.NONE,
                retry,
                OnRegression.IGNORE,
                null,
                null);
        start = new ReplicaStart(
                new Replica(Herd.TOPIC, new SourceLog(SourceSettings.local()), settings, sync),
                herd.simulation.scheduler());
    }

    private void count(URI uri) {
        (uri.getPath().endsWith("/revisions") ? questions : fetches).incrementAndGet();
    }

    void start() {
        start.attempt();
    }

    boolean running() {
        return start.running().isDone();
    }

    Revision local() {
        return sync.localRevision();
    }

    int requests() {
        return fetches() + questions();
    }

    int fetches() {
        return fetches.get();
    }

    int questions() {
        return questions.get();
    }

    void forgetRequests() {
        fetches.set(0);
        questions.set(0);
    }

    @Override
    public void close() {
        start.stop();
        probe.close();
    }
}
