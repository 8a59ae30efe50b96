package io.statesync.spring;

import io.statesync.policy.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this application gets on with one source: what its transport reports is logged once per incident, ten times an hour at most, and kept for health
 * and for messages. Safe for use by any thread.
 */
public final class SourceLog {

    private static final Logger log = LoggerFactory.getLogger(SourceLog.class);

    private static final String DISCONNECTED = "disconnected";
    private static final String UNANSWERED = "unanswered";

    private final String name;
    private final String source;
    private final String property;
    private final Scheduler scheduler;
    private final Incidents incidents = new Incidents();
    private volatile @Nullable String problem;

    SourceLog(SourceSettings settings) {
        this(settings, Scheduler.system());
    }

    SourceLog(SourceSettings settings, Scheduler scheduler) {
        this.scheduler = scheduler;
        this.name = settings.name();
        this.source = settings.description();
        this.property = settings.property();
    }

    /** What the configuration calls the source. */
    public String name() {
        return name;
    }

    /** Where the source is, for people. */
    public String source() {
        return source;
    }

    /** The property that says where the source is. */
    String property() {
        return property;
    }

    /** Why there is no connection for invalidations; null while there is one, or nobody has tried. */
    public @Nullable String problem() {
        return problem;
    }

    /** The transport of invalidations is connected. */
    public void connected() {
        problem = null;
        if (incidents.end(DISCONNECTED)) {
            log.info("Source {}: connected, invalidations arrive", source);
        }
    }

    /** The transport of invalidations cannot connect, or has lost its connection, and will try again. */
    public void disconnected(Throwable cause) {
        problem = Reasons.of(cause);
        String more = incidents.begin(DISCONNECTED, scheduler.now());
        if (more != null) {
            log.warn(
                    "Source {}: no connection for invalidations, tried again until there is one: {}{}",
                    source,
                    Reasons.of(cause),
                    more);
        }
        log.debug("Source {}: no connection for invalidations", source, cause);
    }

    void probed(@Nullable Throwable error) {
        if (error == null) {
            if (incidents.end(UNANSWERED)) {
                log.info("Source {}: tells its revisions again", source);
            }
            return;
        }
        String more = incidents.begin(UNANSWERED, scheduler.now());
        if (more != null) {
            log.warn("Source {}: does not tell its revisions: {}{}", source, Reasons.of(error), more);
        }
    }
}
