package io.statesync.spring;

import io.statesync.RefreshOutcome;
import io.statesync.RefreshReport;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.SyncPhase;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator reads: one WARN when something goes wrong with a topic, one INFO when it is well again, and nothing for
 * each attempt in between (that, with stack traces, is DEBUG). A lost connection is an incident of its source, see {@link
 * SourceLog}, not of each topic; what goes wrong with its persistence is told by {@link LoggingPersistenceListener}. Safe for
 * use by any thread.
 *
 * <p>It has to be told of a topic by {@link #remember}; of others it writes at DEBUG only, and keeps nothing.
 */
public final class LoggingSyncListener implements SyncListener, TopicMemory {

    private static final Logger log = LoggerFactory.getLogger(LoggingSyncListener.class);
    private static final String REGRESSION = "regression";

    /** The topic of a message that named none. */
    private static final String NONE = "none";

    /** Bad events come from outside and may never end: they are worth a line this often. */
    private static final Duration BAD_EVENTS_EVERY = Duration.ofMinutes(10);

    private final Scheduler scheduler;

    private final ConcurrentMap<String, Incidents> topics = new ConcurrentHashMap<>();

    public LoggingSyncListener(Scheduler scheduler) {
        this.scheduler = scheduler;
        remember(NONE);
    }

    @Override
    public void remember(String topic) {
        topics.putIfAbsent(topic, new Incidents());
    }

    @Override
    public void forget(String topic) {
        topics.remove(topic);
    }

    @Override
    public void onError(SyncErrorContext context) {
        String topic = context.topic() == null ? NONE : context.topic();
        String phase = context.phase().tag();
        boolean wanted = context.error() instanceof CancellationException;
        Incidents incidents = topics.get(topic);
        boolean first = !wanted
                && incidents != null
                && !LoggingPersistenceListener.tells(context)
                && (isAboutAnEvent(context) ? incidents.isWorthALine(scheduler.now()) : incidents.begin(phase));
        if (first) {
            log.warn("Topic {}: {} failed: {}{}", topic, phase, Reasons.of(context.error()), outlook(context));
        }
        log.debug("Topic {}: {} failed, attempt {}", topic, phase, context.attempt(), context.error());
    }

    @Override
    public void onRefreshEnded(RefreshReport report) {
        String topic = report.topic();
        Incidents incidents = topics.get(topic);
        if (incidents == null) {
            return;
        }
        if (report.outcome() == RefreshOutcome.REGRESSED) {
            if (incidents.begin(REGRESSION)) {
                log.warn(
                        "Topic {}: the source answers revision {}, older than {} which is applied: ignored",
                        topic,
                        report.snapshotRevision(),
                        report.localRevision());
            }
        } else if (report.outcome() != RefreshOutcome.FAILED) {
            List<String> over = incidents.end();
            if (!over.isEmpty()) {
                log.info(
                        "Topic {}: well again at revision {} (was: {})",
                        topic,
                        report.localRevision(),
                        String.join(", ", over));
            }
        }
    }

    private static boolean isAboutAnEvent(SyncErrorContext context) {
        return context.sourceEvent() != null
                && (context.phase() == SyncPhase.PROTOCOL || context.phase() == SyncPhase.INVALIDATION);
    }

    private static String outlook(SyncErrorContext context) {
        if (context.willRetry() && context.nextDelay() != null) {
            return "; tried again in " + context.nextDelay().toMillis() + " ms";
        }
        return "";
    }

    /** What is wrong with one topic, by kind. */
    private static final class Incidents {

        private final Map<String, Boolean> open = new ConcurrentHashMap<>();

        /** When a bad event was last worth a line; null if none was. */
        private final AtomicReference<@Nullable Long> badEvent = new AtomicReference<>();

        /** Whether it was not open already. */
        boolean begin(String kind) {
            return open.putIfAbsent(kind, true) == null;
        }

        /** Ends all that are open. */
        List<String> end() {
            List<String> over = open.keySet().stream().sorted().toList();
            over.forEach(open::remove);
            return over;
        }

        boolean isWorthALine(long now) {
            Long last = badEvent.get();
            return (last == null || now - last >= BAD_EVENTS_EVERY.toNanos()) && badEvent.compareAndSet(last, now);
        }
    }
}
