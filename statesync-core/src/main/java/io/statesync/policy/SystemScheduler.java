package io.statesync.policy;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One daemon thread for all timers of the process; it ends after ten idle seconds. */
final class SystemScheduler implements Scheduler {

    static final Scheduler INSTANCE = new SystemScheduler();

    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "statesync-timer");
        thread.setDaemon(true);
        thread.setContextClassLoader(SystemScheduler.class.getClassLoader());
        return thread;
    });

    private SystemScheduler() {
        timers.setRemoveOnCancelPolicy(true);
        timers.setKeepAliveTime(10, TimeUnit.SECONDS);
        timers.allowCoreThreadTimeOut(true);
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public Timer schedule(Runnable task, Duration delay) {
        Future<?> scheduled = timers.schedule(task, Math.max(0, Durations.nanos(delay)), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }
}
