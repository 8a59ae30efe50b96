package io.statesync.test;

import io.statesync.InvalidationSubscriber;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.RevisionSyncBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** One topic with a provider and an applier in the test's hand, a clock that stands still and threads that are real. */
@Timeout(60)
abstract class EngineTestBed {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final String topic = "contract-" + NUMBER.incrementAndGet();
    final ManualScheduler scheduler = new ManualScheduler();
    final WatchedExecutor executor = new WatchedExecutor();
    final GatedProvider<String> provider = GatedProvider.at(1, "one");
    final RecordingApplier<String> applier = new RecordingApplier<>();
    final RecordingListener listener = new RecordingListener();

    private final List<RevisionSync<?>> opened = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeEverything() {
        provider.release();
        applier.release();
        executor.refuse(false);
        scheduler.refuse(false);
        opened.forEach(RevisionSync::stopAsync);
        executor.close();
    }

    RevisionSyncBuilder<String> builderOn(InvalidationSubscriber subscriber) {
        return RevisionSync.forTopic(topic)
                .subscriber(subscriber)
                .provider(provider)
                .applier(applier)
                .executor(executor)
                .scheduler(scheduler)
                .listener(listener);
    }

    <T> RevisionSync<T> build(RevisionSyncBuilder<T> builder) {
        RevisionSync<T> sync = builder.build();
        opened.add(sync);
        return sync;
    }

    <T> RevisionSync<T> start(RevisionSyncBuilder<T> builder) {
        RevisionSync<T> sync = build(builder);
        sync.start();
        settle();
        return sync;
    }

    /** Waits until the engine has nothing left to do; what has not happened by then waits for a cause. */
    void settle() {
        executor.awaitIdle();
    }

    /** Moves the clock, and lets the engine do what is then due. */
    void advance(Duration time) {
        scheduler.advance(time);
        settle();
    }

    static void until(Callable<Boolean> fact) {
        Patience.until("the engine's work", fact);
    }

    static Revision rev(long bits) {
        return new Revision(bits);
    }
}
