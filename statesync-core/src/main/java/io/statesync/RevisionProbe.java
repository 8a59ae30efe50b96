package io.statesync;

import io.statesync.policy.Durations;
import io.statesync.policy.RefreshPool;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds staleness (P8): every interval, give or take 20 %, asks one source for the current revisions of all topics whose
 * syncs are subscribed, in one request, and tells each sync the answer. Independent of the push channel. It has no timer
 * while no sync is subscribed. Safe for use by any thread.
 */
public final class RevisionProbe implements AutoCloseable {

    /** How often a source is asked unless said otherwise. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(RevisionProbe.class);
    private static final double JITTER = 0.2;

    private final RevisionReader reader;
    private final Scheduler scheduler;
    private final Executor executor;
    private final Duration interval;
    private final Consumer<? super @Nullable Throwable> outcome;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private final Set<Target> targets = new LinkedHashSet<>();
    private boolean ticking;
    private long nextTick;
    private boolean asking;
    private boolean closed;
    private @Nullable Thread asker;

    /** A probe that asks every 30 s. */
    public RevisionProbe(RevisionReader reader) {
        this(reader, DEFAULT_INTERVAL, Scheduler.system(), RefreshPool.shared(), error -> {});
    }

    /**
     * @param executor where the reader is called
     * @param outcome hears of the end of each question: null if the source answered, else what went wrong
     */
    public RevisionProbe(
            RevisionReader reader,
            Duration interval,
            Scheduler scheduler,
            Executor executor,
            Consumer<? super @Nullable Throwable> outcome) {
        this.reader = reader;
        this.interval = Durations.positive("the probe interval", interval);
        this.scheduler = scheduler;
        this.executor = executor;
        this.outcome = outcome;
    }

    /** How often the source is asked, give or take 20 %. */
    public Duration interval() {
        return interval;
    }

    /** When the source is asked next in the regular rhythm, from now; null if nobody wants to know. */
    public @Nullable Duration untilNext() {
        lock.lock();
        try {
            boolean planned = ticking && !closed && !targets.isEmpty();
            return planned ? Duration.ofNanos(Math.max(0, nextTick - scheduler.now())) : null;
        } finally {
            lock.unlock();
        }
    }

    /** Asks now, on the executor, besides the regular rhythm. Does nothing while a question is on its way. */
    public void probeNow() {
        List<Target> asked;
        lock.lock();
        try {
            if (closed || asking || targets.isEmpty()) {
                return;
            }
            asking = true;
            asked = List.copyOf(targets);
        } finally {
            lock.unlock();
        }
        try {
            executor.execute(() -> ask(asked));
        } catch (RuntimeException | Error refused) {
            ended(refused);
        }
    }

    /** Asks no more. Idempotent. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            targets.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Begins or ceases to ask for a target, as it wants at this moment. */
    void update(Target target) {
        boolean begin;
        lock.lock();
        try {
            targets.remove(target);
            if (target.wantsProbe() && !closed) {
                targets.add(target);
            }
            begin = !ticking && !targets.isEmpty();
            ticking |= begin;
        } finally {
            lock.unlock();
        }
        if (begin) {
            scheduleTick();
        }
    }

    private void scheduleTick() {
        double share = 1 - JITTER + 2 * JITTER * ThreadLocalRandom.current().nextDouble();
        long delay = (long) (Durations.nanos(interval) * share);
        lock.lock();
        try {
            nextTick = scheduler.now() + delay;
        } finally {
            lock.unlock();
        }
        try {
            scheduler.schedule(this::tick, Duration.ofNanos(delay));
        } catch (RuntimeException | Error refused) {
            lock.lock();
            try {
                ticking = false;
            } finally {
                lock.unlock();
            }
            log.debug("The scheduler refused the next probe", refused);
        }
    }

    /* On the timer thread: the question itself goes to the executor. */
    private void tick() {
        lock.lock();
        try {
            if (closed || targets.isEmpty()) {
                ticking = false;
                return;
            }
            if (asker != null) {
                // unanswered for a whole interval
                asker.interrupt();
            }
        } finally {
            lock.unlock();
        }
        probeNow();
        scheduleTick();
    }

    private void ask(List<Target> asked) {
        enter(Thread.currentThread());
        Throwable failure = null;
        try {
            List<String> topics = asked.stream().map(Target::topic).distinct().toList();
            answered(asked, reader.current(topics));
        } catch (Throwable e) {
            failure = e;
            asked.forEach(Target::probeFailed);
        }
        enter(null);
        // an interrupt was meant for the question, not for what this thread does next
        Thread.interrupted();
        ended(failure);
    }

    private static void answered(List<Target> asked, Map<String, Revision> answer) {
        for (Target target : asked) {
            Revision revision = answer.get(target.topic());
            if (revision == null) {
                target.probeFailed();
            } else {
                target.probed(revision);
            }
        }
    }

    private void enter(@Nullable Thread thread) {
        lock.lock();
        try {
            asker = thread;
        } finally {
            lock.unlock();
        }
    }

    private void ended(@Nullable Throwable failure) {
        lock.lock();
        try {
            asking = false;
        } finally {
            lock.unlock();
        }
        if (failure != null) {
            log.debug("A probe failed", failure);
        }
        try {
            outcome.accept(failure);
        } catch (Throwable thrown) {
            log.debug("The observer of a probe failed", thrown);
        }
    }

    /** A sync that wants to know its source's current revision. */
    interface Target {

        String topic();

        /** Whether it is subscribed. One volatile read: it is called under the probe's lock. */
        boolean wantsProbe();

        /** The source answered this revision. */
        void probed(Revision revision);

        /** The source was asked and said nothing of this topic. */
        void probeFailed();
    }
}
