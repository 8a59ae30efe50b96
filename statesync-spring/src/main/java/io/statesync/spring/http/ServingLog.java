package io.statesync.spring.http;

import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs trouble once per incident, not once per request, however many replicas come back for more. */
final class ServingLog {

    private static final Logger log = LoggerFactory.getLogger(ServingLog.class);

    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final Scheduler scheduler;
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final AtomicLong warnAgainAt;

    ServingLog(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.warnAgainAt = new AtomicLong(scheduler.now());
    }

    void failed(String topic, Throwable error) {
        if (failing.add(topic)) {
            log.warn("Topic \"{}\" cannot be served: {}", topic, error.getMessage(), error);
        } else {
            log.debug("Topic \"{}\" still cannot be served: {}", topic, error.getMessage());
        }
    }

    void served(String topic) {
        // the set is empty nearly always, and then this is one read
        if (!failing.isEmpty() && failing.remove(topic)) {
            log.info("Topic \"{}\" can be served again", topic);
        }
    }

    void turnedAway(String topic, TurnedAway reason) {
        long now = scheduler.now();
        long due = warnAgainAt.get();
        if (now - due >= 0 && warnAgainAt.compareAndSet(due, now + QUIET_NANOS)) {
            log.warn(
                    "A request for topic \"{}\" was turned away with 503: {}; more of them within a minute are logged at"
                            + " DEBUG (statesync.server.max-concurrent-snapshots)",
                    topic,
                    reason.getMessage());
        } else {
            log.debug("A request for topic \"{}\" was turned away with 503: {}", topic, reason.getMessage());
        }
    }
}
