package io.statesync.test;

import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assertions;

/**
 * Ten scenarios of section E2E over a real transport, with real threads and real time, side by side on one topic each
 * (TC-11). Every scenario has two halves; between them the server is restarted once, while all subscriptions are open.
 * After each half every replica must hold what its source holds; events that a restart swallows are made up for by the
 * reconnect and by a probe, as in production. Revisions that a replica applies must never decrease.
 *
 * <pre>{@code
 * @Test
 * @DisplayName("TC-11: ten scenarios converge, with one restart of the server in the middle")
 * void tenScenariosConverge() throws Exception {
 *     ConvergenceScenarios.over(this::newSubscriber, publisher).restarting(server::restart).run();
 * }
 * }</pre>
 *
 * <p>Snapshots come straight from the source; only the invalidations travel. The caller closes what the factory made.
 */
public final class ConvergenceScenarios {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(500);

    private final Supplier<? extends InvalidationSubscriber> subscribers;
    private final InvalidationPublisher publisher;
    private final Callable<?> restart;

    private ConvergenceScenarios(
            Supplier<? extends InvalidationSubscriber> subscribers,
            InvalidationPublisher publisher,
            Callable<?> restart) {
        this.subscribers = subscribers;
        this.publisher = publisher;
        this.restart = restart;
    }

    /**
     * Scenarios over this transport, without a restart.
     *
     * @param subscribers asked once for each replica; it may always give the same one
     * @param publisher the sources' side of the transport
     */
    public static ConvergenceScenarios over(
            Supplier<? extends InvalidationSubscriber> subscribers, InvalidationPublisher publisher) {
        return new ConvergenceScenarios(subscribers, publisher, () -> null);
    }

    /**
     * The same scenarios with a restart of the server between the halves.
     *
     * @param newRestart returns when the server accepts connections again; clients need not be connected yet
     */
    public ConvergenceScenarios restarting(Restart newRestart) {
        return new ConvergenceScenarios(subscribers, publisher, () -> {
            newRestart.restart();
            return null;
        });
    }

    /** The topics that the scenarios use, for a server that must be told what it exposes. */
    public static List<String> topics() {
        return ConvergenceScenario.ALL.stream().map(ConvergenceScenario::topic).toList();
    }

    /** Plays all of them, and fails with every scenario that did not converge. */
    public void run() throws Exception {
        List<ConvergenceStage> stages = new ArrayList<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (ConvergenceScenario scenario : ConvergenceScenario.ALL) {
                stages.add(new ConvergenceStage(scenario, subscribers, publisher, PROBE_INTERVAL, PATIENCE));
            }
            sideBySide(threads, stages, "before the restart", ConvergenceStage::playFirstHalf);
            restart.call();
            sideBySide(threads, stages, "after the restart", ConvergenceStage::playSecondHalf);
        } finally {
            stages.forEach(ConvergenceStage::close);
            threads.shutdownNow();
        }
    }

    private static void sideBySide(
            ExecutorService threads, List<ConvergenceStage> stages, String half, Act<ConvergenceStage> play) {
        List<Future<?>> playing = new ArrayList<>();
        for (ConvergenceStage stage : stages) {
            playing.add(threads.submit(() -> {
                play.on(stage);
                return null;
            }));
        }
        Assertions.assertAll(half, playing.stream().map(one -> one::get));
    }

    /** Restarts the server of the transport. */
    @FunctionalInterface
    public interface Restart {

        /** Returns when it listens again. */
        void restart() throws Exception;
    }

    /** Something that is done with a stage. */
    @FunctionalInterface
    interface Act<S> {

        void on(S stage) throws Exception;
    }
}
