package io.statesync.persistence;

import io.statesync.policy.Backoff;
import io.statesync.policy.Durations;
import io.statesync.policy.Scheduler;
import io.statesync.policy.ThrottleWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written for one topic, and when it may be: one writer at a time, the newest snapshot wins. A step runs
 * under the lock and returns what is to be done after it. Safe for use by any thread.
 */
final class SaveQueue<T> {

    private static final Runnable NOTHING = () -> {};

    private final Scheduler scheduler;
    private final Backoff retry;
    private final StoredVersion stored;
    private final Writing<T> writing;

    private final ReentrantLock lock = new ReentrantLock();

    /* guarded by lock */
    private final ThrottleWindow window;
    private final List<CompletableFuture<Void>> flushes = new ArrayList<>();
    private final List<CompletableFuture<Void>> clears = new ArrayList<>();
    private @Nullable SaveJob<T> pending;
    private @Nullable SaveJob<T> saving;
    private boolean clearing;
    /** The source went back, and no save that began since then may have replaced a newer record. */
    private boolean wentBack;

    private boolean urgent;
    private boolean closed;
    private int failures;
    private long notBefore;
    private boolean armed;
    private long armedFor;

    SaveQueue(SnapshotPersistenceBuilder<T> parts, StoredVersion stored, Writing<T> writing) {
        this.scheduler = parts.scheduler;
        this.retry = parts.retry;
        this.window = new ThrottleWindow(parts.throttling);
        this.stored = stored;
        this.writing = writing;
    }

    /** Demands a save; does nothing if the storage is known to have it. */
    void demand(SaveJob<T> job) {
        stored.seen(job.version().revision(), job.wentBack());
        step(() -> {
            if (closed || !isNews(job)) {
                return NOTHING;
            }
            boolean overtaken = pending != null;
            wentBack |= job.wentBack();
            pending = job;
            window.trigger(scheduler.now());
            Runnable next = pump();
            return overtaken ? both(writing::overtaken, next) : next;
        });
    }

    /** Saves what is pending, or the next that comes, without further delay. */
    void hurry() {
        step(() -> {
            urgent = true;
            return pump();
        });
    }

    /** Completes when nothing is pending, or with the first failure. */
    CompletableFuture<Void> flush() {
        CompletableFuture<Void> flushed = new CompletableFuture<>();
        step(() -> {
            flushes.add(flushed);
            urgent = true;
            return pump();
        });
        return flushed;
    }

    CompletableFuture<Void> clear() {
        CompletableFuture<Void> cleared = new CompletableFuture<>();
        step(() -> {
            if (closed) {
                return () -> cleared.completeExceptionally(new IllegalStateException("the persistence is closed"));
            }
            pending = null;
            clears.add(cleared);
            return pump();
        });
        return cleared;
    }

    boolean pending() {
        lock.lock();
        try {
            return pending != null || saving != null;
        } finally {
            lock.unlock();
        }
    }

    /** No further demand is taken; false if it was so before. */
    boolean shut() {
        lock.lock();
        try {
            boolean first = !closed;
            closed = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    boolean isShut() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Gives up what is still pending, and returns what that was, else the one that is being saved. */
    @Nullable
    SaveJob<T> abandon() {
        lock.lock();
        try {
            SaveJob<T> lost = pending == null ? saving : pending;
            pending = null;
            return lost;
        } finally {
            lock.unlock();
        }
    }

    /** A save ended, and what it leaves in the storage is known. */
    void ended() {
        step(() -> {
            saving = null;
            failures = 0;
            return pump();
        });
    }

    /** How many failures in a row there are with this one, and how long to wait now; null: it is not tried again. */
    Failing failing() {
        lock.lock();
        try {
            failures++;
            Duration delay = closed ? null : retry.delay(failures);
            notBefore = scheduler.now() + (delay == null ? 0 : Durations.nanos(delay));
            return new Failing(failures, delay);
        } finally {
            lock.unlock();
        }
    }

    /** A save failed: what is newest is tried again, unless there is no hope for it. */
    void failed(SaveJob<T> job, Throwable error, boolean hopeless) {
        step(() -> {
            saving = null;
            urgent = false;
            wentBack |= job.wentBack();
            // a clearing that waits was asked for after this snapshot
            if (pending == null && !hopeless && !closed && clears.isEmpty()) {
                pending = job;
            }
            List<CompletableFuture<Void>> waiting = takeFlushes();
            return both(pump(), () -> waiting.forEach(it -> it.completeExceptionally(error)));
        });
    }

    /** A clearing ended. */
    void cleared() {
        step(() -> {
            clearing = false;
            return pump();
        });
    }

    /* Under the lock. Once the source went back, what the storage has does not count any more. */
    private boolean isNews(SaveJob<T> job) {
        RecordVersion version = job.version();
        if (job.wentBack()) {
            return true;
        }
        return (job.instead() != null || wentBack || goesBack(saving) || stored.lacks(version))
                && (saving == null || version.isNewerThan(saving.version()))
                && (pending == null || version.isNewerThan(pending.version()));
    }

    private static boolean goesBack(@Nullable SaveJob<?> job) {
        return job != null && job.wentBack();
    }

    /* Under the lock: what to do next. */
    private Runnable pump() {
        if (saving != null || clearing) {
            return NOTHING;
        }
        if (!clears.isEmpty()) {
            List<CompletableFuture<Void>> asked = List.copyOf(clears);
            clears.clear();
            clearing = true;
            return () -> writing.clear(asked);
        }
        SaveJob<T> job = pending;
        if (job == null) {
            urgent = false;
            List<CompletableFuture<Void>> done = takeFlushes();
            return () -> done.forEach(it -> it.complete(null));
        }
        long now = scheduler.now();
        long due = dueOf(now);
        if (due - now > 0) {
            return arm(due, due - now);
        }
        SaveJob<T> next = wentBack ? job.goingBack() : job;
        pending = null;
        saving = next;
        wentBack = false;
        window.ran(now);
        return () -> writing.save(next);
    }

    private long dueOf(long now) {
        if (urgent) {
            return now;
        }
        return failures > 0 ? notBefore : window.due();
    }

    private Runnable arm(long due, long wait) {
        if (armed && armedFor - due <= 0) {
            return NOTHING;
        }
        armed = true;
        armedFor = due;
        return () -> schedule(due, Duration.ofNanos(wait));
    }

    private void schedule(long due, Duration wait) {
        try {
            scheduler.schedule(() -> elapsed(due), wait);
        } catch (RuntimeException | Error refused) {
            // better saved too early than never
            hurry();
        }
    }

    private void elapsed(long due) {
        step(() -> {
            if (armed && armedFor == due) {
                armed = false;
            }
            return pump();
        });
    }

    private void step(Supplier<Runnable> step) {
        Runnable effect;
        lock.lock();
        try {
            effect = step.get();
        } finally {
            lock.unlock();
        }
        effect.run();
    }

    /* Under the lock. */
    private List<CompletableFuture<Void>> takeFlushes() {
        List<CompletableFuture<Void>> all = List.copyOf(flushes);
        flushes.clear();
        return all;
    }

    private static Runnable both(Runnable first, Runnable second) {
        return () -> {
            first.run();
            second.run();
        };
    }

    record Failing(int failures, @Nullable Duration delay) {}
}
