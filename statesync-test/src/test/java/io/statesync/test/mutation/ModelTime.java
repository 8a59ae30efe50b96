package io.statesync.test.mutation;

import java.util.ArrayList;
import java.util.List;

/** The model's clock; what is due at the same moment is done in the order in which it was asked for. */
final class ModelTime {

    private final List<Timer> timers = new ArrayList<>();
    private final Runnable afterwards;
    private long now;

    ModelTime(Runnable afterwards) {
        this.afterwards = afterwards;
    }

    private record Timer(long due, Runnable then) {}

    long now() {
        return now;
    }

    void after(long delay, Runnable then) {
        timers.add(new Timer(now + delay, then));
    }

    void forget() {
        timers.clear();
    }

    void advance(long nanos) {
        afterwards.run();
        long end = now + nanos;
        for (long next = next(); next <= end; next = next()) {
            now = next;
            List<Timer> due = timers.stream().filter(timer -> timer.due == now).toList();
            timers.removeAll(due);
            due.forEach(timer -> timer.then.run());
            afterwards.run();
        }
        now = end;
    }

    private long next() {
        return timers.stream().mapToLong(Timer::due).min().orElse(Long.MAX_VALUE);
    }
}
