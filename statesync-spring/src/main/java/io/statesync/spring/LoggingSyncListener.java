package io.statesync.spring;

import io.statesync.RefreshOutcome;
import io.statesync.RefreshReport;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.SyncPhase;
import io.statesync.policy.Scheduler;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator reads: one WARN when something goes wrong with a topic, one INFO when it is well again, and nothing for
 * each attempt in between (that, with stack traces, is DEBUG); what comes and goes is ten WARN an hour at most. A lost connection is an incident of its source, see {@link
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
        if (!wanted && incidents != null && !LoggingPersistenceListener.tells(context)) {
            long now = scheduler.now();
            String more = isAboutAnEvent(context) ? incidents.occasion(now) : incidents.begin(phase, now);
            if (more != null) {
                log.warn(
                        "Topic {}: {} failed: {}{}{}",
                        topic,
                        phase,
                        Reasons.of(context.error()),
                        outlook(context),
                        more);
            }
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
            String more = incidents.begin(REGRESSION, scheduler.now());
            if (more != null) {
                log.warn(
                        "Topic {}: the source answers revision {}, older than {} which is applied: ignored{}",
                        topic,
                        report.snapshotRevision(),
                        report.localRevision(),
                        more);
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
}
