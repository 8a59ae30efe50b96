package io.statesync.test.mutation;

import io.statesync.mutation.MutationRetry;
import io.statesync.mutation.SyncedCollections;
import io.statesync.mutation.SyncedCollectionsBuilder;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.function.Consumer;

/** One life of the process: when it has ended, its threads, its timers and its storage do nothing any more. */
final class Life {

    private final Bench bench;
    private final Scheduler scheduler = new MortalScheduler();
    final SyncedCollections collections;
    private boolean ended;

    Life(Bench bench, Consumer<SyncedCollectionsBuilder> settings) {
        this.bench = bench;
        SyncedCollectionsBuilder builder = SyncedCollections.builder()
                .retry(MutationRetry.DEFAULT.withJitter(0, () -> 0))
                .ids(bench::nextId)
                .drainTimeout(Duration.ZERO);
        settings.accept(builder);
        collections = builder.storage(new MortalStorage(this, bench.disk))
                .scheduler(scheduler)
                .clock(bench.clock)
                .executor(this::execute)
                .callbackExecutor(this::execute)
                .listener(bench.new Ear())
                .build();
    }

    boolean alive() {
        return !ended;
    }

    void end() {
        ended = true;
    }

    void execute(Runnable task) {
        bench.threads.execute(mortal(task));
    }

    /** Does it after this time, on the clock's thread. */
    void later(Duration delay, Runnable task) {
        scheduler.schedule(task, delay);
    }

    private Runnable mortal(Runnable task) {
        return () -> {
            if (alive()) {
                task.run();
            }
        };
    }

    private final class MortalScheduler implements Scheduler {

        @Override
        public long now() {
            return bench.clock.scheduler.now();
        }

        @Override
        public Timer schedule(Runnable task, Duration delay) {
            return bench.clock.scheduler.schedule(mortal(task), delay);
        }
    }
}
