package io.statesync.policy;

import java.util.concurrent.Executor;

/**
 * Where the application hears of changes: 32 daemon threads for all listeners of the process, none of them while idle. A
 * listener has at most one of them at a time. Those that block for long should bring an executor of their own.
 */
public final class ListenerPool {

    private static final int SIZE = 32;

    private ListenerPool() {}

    /** The pool of the process. Its threads end after ten idle seconds; it never refuses a task. */
    public static Executor shared() {
        return Holder.POOL;
    }

    private static final class Holder {

        static final Executor POOL = DaemonPool.of("statesync-listener", SIZE);
    }
}
