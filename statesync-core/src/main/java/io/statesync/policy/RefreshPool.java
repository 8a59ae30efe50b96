package io.statesync.policy;

import java.util.concurrent.Executor;

/** Where providers and appliers run (E16): 16 daemon threads for all topics of the process, none of them while idle. */
public final class RefreshPool {

    private static final int SIZE = 16;

    private RefreshPool() {}

    /** The pool of the process. Its threads end after ten idle seconds; it never refuses a task. */
    public static Executor shared() {
        return Holder.POOL;
    }

    private static final class Holder {

        static final Executor POOL = DaemonPool.of("statesync-refresh", SIZE);
    }
}
