package io.statesync.test.mutation;

import io.statesync.SyncErrorContext;
import io.statesync.mutation.SyncConfig;
import io.statesync.mutation.SyncedCollectionsBuilder;
import io.statesync.mutation.TransactionEvent;
import io.statesync.mutation.TransactionListener;
import io.statesync.test.ManualExecutor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the collections of a test share: time, threads, disk, and one life of the process after the other. Used by one thread. */
final class Bench {

    final ManualExecutor threads = new ManualExecutor();
    final TestClock clock = new TestClock(threads);
    final RecordedDisk disk = new RecordedDisk();
    final StorageFaults faults = new StorageFaults(disk);
    final Map<String, SyncControl<?, ?>> controls = new LinkedHashMap<>();
    final List<TransactionEvent> events = new ArrayList<>();
    final List<SyncErrorContext> errors = new ArrayList<>();
    private final List<SyncConfig<?, ?>> configs = new ArrayList<>();
    private final Consumer<SyncedCollectionsBuilder> settings;
    private @Nullable Life life;
    private long ids;

    Bench(Consumer<SyncedCollectionsBuilder> settings) {
        this.settings = settings;
    }

    <K, T> TestCollection<K, T> add(Collection<T> initialData, SyncConfig<K, T> sync) {
        SyncControl<K, T> control = new SyncControl<>(this, sync, initialData);
        SyncConfig<K, T> config = control.config();
        controls.put(sync.id(), control);
        configs.add(config);
        if (life == null) {
            restart();
        } else {
            life.collections.open(config);
            runUntilIdle();
        }
        return new TestCollection<>(this, config, control);
    }

    Life life() {
        Life current = life;
        if (current == null) {
            throw new IllegalStateException("the process has not begun");
        }
        return current;
    }

    String nextId() {
        return "t" + ++ids;
    }

    boolean alive() {
        return life != null && life.alive();
    }

    void runUntilIdle() {
        threads.runAll();
    }

    void crash(int records) {
        life().end();
        disk.crash(records);
        controls.values().forEach(SyncControl::forget);
    }

    void restart() {
        if (alive()) {
            crash(disk.forced());
        }
        Life next = new Life(this, settings);
        life = next;
        configs.forEach(next.collections::open);
        next.collections.start();
        runUntilIdle();
    }

    /** Hears everything of every life. */
    final class Ear implements TransactionListener {

        @Override
        public void onTransition(TransactionEvent event) {
            events.add(event);
        }

        @Override
        public void onError(SyncErrorContext context) {
            errors.add(context);
        }
    }
}
