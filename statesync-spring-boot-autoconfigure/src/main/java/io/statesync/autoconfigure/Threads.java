package io.statesync.autoconfigure;

import io.statesync.policy.RefreshPool;
import java.util.concurrent.Executor;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/** Where providers and appliers run (E16). Not a bean: an Executor bean would take the place of the application's own. */
final class Threads {

    private Threads() {}

    static Executor of(Environment environment) {
        return Threading.VIRTUAL.isActive(environment)
                ? new VirtualThreadTaskExecutor("statesync-refresh-")
                : RefreshPool.shared();
    }
}
