package io.statesync;

import io.statesync.policy.Durations;
import io.statesync.policy.RefreshPool;
import io.statesync.policy.RetryAfter;
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
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds staleness (P8): every interval, give or take 20 %, asks one source for the current revisions of all topics whose
 * syncs are subscribed, in one request, and tells each sync the answer. Independent of the push channel. A source that
 * says when to come again ({@link RetryAfter}) is left alone until then. It has no timer while no sync is subscribed. Safe
 * for use by any thread.
 */
public final class RevisionProbe implements AutoCloseable {

    /** How often a source is asked unless said otherwise. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(RevisionProbe.class);

    private final RevisionReader reader;
    private final Scheduler scheduler;
    private final Executor executor;
    private final Consumer<? super @Nullable Throwable> outcome;
    private final ProbeRhythm rhythm;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private final Set<Target> targets = new LinkedHashSet<>();
    private boolean ticking;
    private long nextTick;
    private boolean asking;
    private boolean closed;
    private @Nullable Thread asker;
    private Scheduler.@Nullable Timer next;
    /** When the source wants to be asked again at the earliest; null if it said nothing. */
    private @Nullable Long notBefore;

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
        this(
                reader,
                interval,
                scheduler,
                executor,
                outcome,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param jitter where between 80 and 120 % the next interval lies, 0 to 1; if it throws: 1 */
    public RevisionProbe(
            RevisionReader reader,
            Duration interval,
            Scheduler scheduler,
            Executor executor,
            Consumer<? super @Nullable Throwable> outcome,
            DoubleSupplier jitter) {
        this.reader = reader;
        this.scheduler = scheduler;
        this.executor = executor;
        this.outcome = outcome;
        this.rhythm = new ProbeRhythm(Durations.positive("the probe interval", interval), jitter);
    }

    /** How often the source is asked, give or take 20 %. */
    public Duration interval() {
        return rhythm.interval();
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

    /**
     * Asks now, on the executor, besides the regular rhythm, also before the time that a busy source asked for. Does nothing
     * while a question is on its way.
     */
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
        Scheduler.Timer waiting;
        lock.lock();
        try {
            closed = true;
            targets.clear();
            waiting = next;
        } finally {
            lock.unlock();
        }
        // what nobody waits for any more must not be held by the timer for the rest of the interval
        if (waiting != null) {
            waiting.cancel();
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
            scheduleTick(rhythm.regular());
        }
    }

    private void scheduleTick(Duration delay) {
        lock.lock();
        try {
            nextTick = scheduler.now() + Durations.nanos(delay);
        } finally {
            lock.unlock();
        }
        try {
            armed(scheduler.schedule(this::tick, delay));
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

    private void armed(Scheduler.Timer timer) {
        lock.lock();
        try {
            next = timer;
            if (!closed) {
                return;
            }
        } finally {
            lock.unlock();
        }
        timer.cancel();
    }

    /* On the timer thread: the question itself goes to the executor. */
    private void tick() {
        long wait;
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
            wait = notBefore == null ? 0 : notBefore - scheduler.now();
        } finally {
            lock.unlock();
        }
        if (wait > 0) {
            // those whom the source sent away together do not come back together
            scheduleTick(Duration.ofNanos(wait).plus(rhythm.spread()));
            return;
        }
        probeNow();
        scheduleTick(rhythm.regular());
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
        Duration wait = failure == null ? Duration.ZERO : RetryAfter.atLeast(Duration.ZERO, failure);
        lock.lock();
        try {
            asking = false;
            notBefore = wait.isZero() ? null : (Long) (scheduler.now() + Durations.nanos(wait));
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
