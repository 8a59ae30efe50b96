package io.statesync.state;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a task on an executor, one run at a time. Demands that come during a run lead to one more, for which the thread is
 * handed back first, so that nobody keeps it.
 */
final class SerialRuns {

    private static final Logger log = LoggerFactory.getLogger(SerialRuns.class);

    private final Executor executor;
    private final Runnable task;

    /** What the next run answers; above zero a run is handed over or in progress. */
    private final AtomicInteger demands = new AtomicInteger();

    SerialRuns(Executor executor, Runnable task) {
        this.executor = executor;
        this.task = task;
    }

    /** The task begins once more after this call. */
    void demand() {
        if (demands.getAndIncrement() == 0) {
            hand();
        }
    }

    private void hand() {
        try {
            executor.execute(this::run);
        } catch (RuntimeException | Error refused) {
            // what was demanded is not lost: the next demand's run answers it
            demands.set(0);
            log.debug("An executor refused to run a listener; the next change tries it again", refused);
        }
    }

    private void run() {
        int answered = demands.get();
        try {
            task.run();
        } finally {
            if (demands.addAndGet(-answered) != 0) {
                hand();
            }
        }
    }
}
