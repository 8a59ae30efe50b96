package io.statesync.spring;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this application gets on with one source: what its transport reports is logged once per incident, and kept for health
 * and for messages. Safe for use by any thread.
 */
public final class SourceLog {

    private static final Logger log = LoggerFactory.getLogger(SourceLog.class);

    private final String name;
    private final String source;
    private final String property;
    private final AtomicBoolean disconnected = new AtomicBoolean();
    private final AtomicBoolean unanswered = new AtomicBoolean();
    private volatile @Nullable String problem;

    SourceLog(SourceSettings settings) {
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
        if (disconnected.compareAndSet(true, false)) {
            log.info("Source {}: connected, invalidations arrive", source);
        }
    }

    /** The transport of invalidations cannot connect, or has lost its connection, and will try again. */
    public void disconnected(Throwable cause) {
        problem = Reasons.of(cause);
        if (disconnected.compareAndSet(false, true)) {
            log.warn("Source {}: no connection for invalidations, tried again until there is one: {}", source, problem);
        }
        log.debug("Source {}: no connection for invalidations", source, cause);
    }

    void probed(@Nullable Throwable error) {
        if (error != null && unanswered.compareAndSet(false, true)) {
            log.warn("Source {}: does not tell its revisions: {}", source, Reasons.of(error));
        } else if (error == null && unanswered.compareAndSet(true, false)) {
            log.info("Source {}: tells its revisions again", source);
        }
    }
}
