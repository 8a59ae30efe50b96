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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator reads: one WARN when something goes wrong with a topic, one INFO when it is well again, and nothing for
 * each attempt in between (that, with stack traces, is DEBUG). A lost connection is an incident of its source, see {@link
 * SourceLog}, not of each topic. Safe for use by any thread.
 */
public final class LoggingSyncListener implements SyncListener {

    private static final Logger log = LoggerFactory.getLogger(LoggingSyncListener.class);
    private static final String REGRESSION = "regression";

    /** Bad events come from outside and may never end: they are worth a line this often. */
    private static final Duration BAD_EVENTS_EVERY = Duration.ofMinutes(10);

    private final Scheduler scheduler;

    /** Open incidents: topic, then kind. */
    private final ConcurrentMap<String, Map<String, Boolean>> incidents = new ConcurrentHashMap<>();

    /** Topic to when a bad event was last worth a line. */
    private final ConcurrentMap<String, Long> badEvents = new ConcurrentHashMap<>();

    public LoggingSyncListener(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void onError(SyncErrorContext context) {
        String topic = context.topic() == null ? "none" : context.topic();
        String phase = context.phase().tag();
        boolean wanted = context.error() instanceof CancellationException;
        boolean first = !wanted && (isAboutAnEvent(context) ? isWorthALine(topic) : open(topic, phase));
        if (first) {
            log.warn("Topic {}: {} failed: {}{}", topic, phase, Reasons.of(context.error()), outlook(context));
        }
        log.debug("Topic {}: {} failed, attempt {}", topic, phase, context.attempt(), context.error());
    }

    @Override
    public void onRefreshEnded(RefreshReport report) {
        String topic = report.topic();
        if (report.outcome() == RefreshOutcome.REGRESSED) {
            if (open(topic, REGRESSION)) {
                log.warn(
                        "Topic {}: the source answers revision {}, older than {} which is applied: ignored",
                        topic,
                        report.snapshotRevision(),
                        report.localRevision());
            }
        } else if (report.outcome() != RefreshOutcome.FAILED) {
            ended(topic, report);
        }
    }

    private void ended(String topic, RefreshReport report) {
        Map<String, Boolean> open = incidents.get(topic);
        if (open == null || open.isEmpty()) {
            return;
        }
        List<String> over = open.keySet().stream().sorted().toList();
        over.forEach(open::remove);
        if (!over.isEmpty()) {
            log.info(
                    "Topic {}: well again at revision {} (was: {})",
                    topic,
                    report.localRevision(),
                    String.join(", ", over));
        }
    }

    private boolean open(String topic, String kind) {
        return incidents.computeIfAbsent(topic, it -> new ConcurrentHashMap<>()).putIfAbsent(kind, true) == null;
    }

    private boolean isWorthALine(String topic) {
        long now = scheduler.now();
        Long noted = badEvents.compute(
                topic,
                (it, last) -> last == null || now - last >= BAD_EVENTS_EVERY.toNanos() ? Long.valueOf(now) : last);
        return noted == now;
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
