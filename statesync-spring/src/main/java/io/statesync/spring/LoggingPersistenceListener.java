package io.statesync.spring;

import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.persistence.PersistenceListener;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator reads of persistence: one WARN when a topic cannot be saved or loaded any more, one INFO when it can
 * again, and one line for what happens once. Every failure, with its stack trace, is DEBUG. Of a topic that it was not told
 * of by {@link #remember} it writes at DEBUG only. Safe for use by any thread.
 */
public final class LoggingPersistenceListener implements PersistenceListener, TopicMemory {

    private static final Logger log = LoggerFactory.getLogger(LoggingPersistenceListener.class);

    /** What is wrong with each topic, by phase. */
    private final Map<String, Incidents> topics = new ConcurrentHashMap<>();

    private final Scheduler scheduler;

    /** Reads this scheduler's clock, to write of what comes and goes ten times an hour at most. */
    public LoggingPersistenceListener(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Whether a failure is this class's to tell. */
    static boolean tells(SyncErrorContext context) {
        return context.phase() == SyncPhase.SAVE || context.phase() == SyncPhase.LOAD;
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
        Incidents incidents = context.topic() == null ? null : topics.get(context.topic());
        boolean wanted = context.error() instanceof CancellationException;
        String more = incidents == null || wanted
                ? null
                : incidents.begin(context.phase().tag(), scheduler.now());
        if (more != null) {
            log.warn(
                    "Topic {}: its snapshot could not be {}: {}{}",
                    context.topic(),
                    context.phase() == SyncPhase.SAVE ? "saved, it is served all the same" : "restored",
                    Reasons.of(context.error()),
                    more);
        }
        log.debug("Topic {}: {} failed", context.topic(), context.phase().tag(), context.error());
    }

    @Override
    public void saved(String topic, Revision revision, long bytes, Duration duration) {
        if (ended(topic, SyncPhase.SAVE)) {
            log.info("Topic {}: saved again, at revision {}", topic, revision);
        }
    }

    @Override
    public void loaded(String topic, Revision revision, long bytes, Instant savedAt) {
        if (ended(topic, SyncPhase.LOAD)) {
            log.info("Topic {}: loaded again, at revision {}", topic, revision);
        }
    }

    @Override
    public void expired(String topic, Revision revision, Instant savedAt) {
        log.info("Topic {}: what was saved {} at revision {} is too old to be restored", topic, savedAt, revision);
    }

    @Override
    public void migrated(String topic, Revision revision, int fromSchema, int toSchema) {
        log.info(
                "Topic {}: migrated from schema version {} to {} at revision {}",
                topic,
                fromSchema,
                toSchema,
                revision);
    }

    @Override
    public void setAside(String topic, String where, Throwable reason) {
        log.info("Topic {}: a record that cannot be used was set aside: {}", topic, where);
    }

    @Override
    public void cleared(String topic, Revision revision) {
        log.info("Topic {}: its record was cleared up to revision {}", topic, revision);
    }

    private boolean ended(String topic, SyncPhase phase) {
        Incidents incidents = topics.get(topic);
        return incidents != null && incidents.end(phase.tag());
    }
}
