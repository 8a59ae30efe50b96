package io.statesync.persistence;

import io.statesync.policy.RefreshPool;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the work of a persistence runs: on its executor, or, if that refuses, on the pool of the process. */
record Threads(Executor executor) {

    private static final Logger log = LoggerFactory.getLogger(SnapshotPersistence.class);

    void run(Runnable task) {
        try {
            executor.execute(task);
        } catch (RuntimeException | Error refused) {
            // an executor that was shut down before the last save: late and elsewhere is better than lost
            log.debug("The executor of a persistence refused a task", refused);
            RefreshPool.shared().execute(task);
        }
    }
}
