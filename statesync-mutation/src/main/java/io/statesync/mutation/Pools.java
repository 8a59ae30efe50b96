package io.statesync.mutation;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Threads where nobody gave any: virtual ones where the JDK has them, else daemons that end after ten idle seconds. */
final class Pools {

    private static final int CALLBACKS = 8;

    /** What hangs and heeds no interrupt keeps its thread, but not its place: there are more threads than places. */
    private static final int THREADS_PER_PLACE = 4;

    private Pools() {}

    static Executor executor(@Nullable Executor given, int most) {
        return given != null
                ? given
                : threads("statesync-persist-", (int) Math.min(Short.MAX_VALUE, (long) THREADS_PER_PLACE * most));
    }

    static Executor callbacks(@Nullable Executor given) {
        return given != null ? given : threads("statesync-mutation-", CALLBACKS);
    }

    private static Executor threads(String name, int most) {
        try {
            return (Executor)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException older) {
            ThreadPoolExecutor pool = new ThreadPoolExecutor(
                    most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
            pool.allowCoreThreadTimeOut(true);
            return pool;
        }
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(Pools.class.getClassLoader());
            return thread;
        };
    }
}
