package io.statesync.policy;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Where providers and appliers run (E16): 16 daemon threads for all topics of the process, none of them while idle. */
public final class RefreshPool {

    private static final int SIZE = 16;

    private RefreshPool() {}

    /** The pool of the process. Its threads end after ten idle seconds; it never refuses a task. */
    public static Executor shared() {
        return Holder.POOL;
    }

    private static final class Holder {

        static final Executor POOL = pool();

        private static Executor pool() {
            ThreadPoolExecutor pool =
                    new ThreadPoolExecutor(SIZE, SIZE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads());
            pool.allowCoreThreadTimeOut(true);
            return pool;
        }

        private static ThreadFactory threads() {
            AtomicInteger number = new AtomicInteger();
            return task -> {
                Thread thread = new Thread(task, "statesync-refresh-" + number.incrementAndGet());
                thread.setDaemon(true);
                // not that of whoever came first, who may be gone before the thread is (devtools, a server's
                // applications)
                thread.setContextClassLoader(RefreshPool.class.getClassLoader());
                return thread;
            };
        }
    }
}
