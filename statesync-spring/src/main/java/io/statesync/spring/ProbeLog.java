package io.statesync.spring;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that a source does not answer the probe, and once that it does again. */
final class ProbeLog implements Consumer<@Nullable Throwable> {

    private static final Logger log = LoggerFactory.getLogger(ProbeLog.class);

    private final String source;
    private final AtomicBoolean failing = new AtomicBoolean();

    ProbeLog(String source) {
        this.source = source;
    }

    @Override
    public void accept(@Nullable Throwable error) {
        if (error != null && failing.compareAndSet(false, true)) {
            log.warn("Source {} does not tell its revisions: {}", source, Reasons.of(error));
        } else if (error == null && failing.compareAndSet(true, false)) {
            log.info("Source {} tells its revisions again", source);
        }
    }
}
