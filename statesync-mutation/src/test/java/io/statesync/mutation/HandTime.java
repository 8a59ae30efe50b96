package io.statesync.mutation;

import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock and timers that a test moves by hand. Used by one thread. */
final class HandTime implements Scheduler, InstantSource {

    static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");

    private final List<Task> tasks = new ArrayList<>();
    private long now;
    private long count;

    @Override
    public long now() {
        return now;
    }

    @Override
    public Instant instant() {
        return BEGIN.plusNanos(now);
    }

    @Override
    public Timer schedule(Runnable task, Duration delay) {
        Task added = new Task(now + delay.toNanos(), count++, task);
        tasks.add(added);
        return () -> tasks.remove(added);
    }

    /** How long until each timer is due, the nearest first. */
    List<Duration> timers() {
        return tasks.stream()
                .sorted(Task.ORDER)
                .map(task -> Duration.ofNanos(task.due - now))
                .toList();
    }

    /** Moves the clock; after each timer {@code between} runs. */
    void advance(Duration time, Runnable between) {
        long end = now + time.toNanos();
        between.run();
        for (Task next = next(end); next != null; next = next(end)) {
            now = Math.max(now, next.due);
            tasks.remove(next);
            next.task.run();
            between.run();
        }
        now = end;
    }

    private Task next(long end) {
        return tasks.stream().filter(task -> task.due <= end).min(Task.ORDER).orElse(null);
    }

    private record Task(long due, long number, Runnable task) {

        static final Comparator<Task> ORDER =
                Comparator.comparingLong(Task::due).thenComparingLong(Task::number);
    }
}
