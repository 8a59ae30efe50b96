package io.statesync.spring.http;

import io.statesync.spring.TopicAccess;
import java.security.Principal;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the application's rule, and takes what it throws for no: one topic that cannot be decided must not take the others of
 * a question with it. Said once at WARN, since strangers may ask as often as they like. Safe for use by any thread.
 */
final class CautiousAccess implements TopicAccess {

    private static final Logger log = LoggerFactory.getLogger(CautiousAccess.class);

    private final TopicAccess rule;
    private final AtomicBoolean warned = new AtomicBoolean();

    CautiousAccess(TopicAccess rule) {
        this.rule = rule;
    }

    @Override
    public boolean mayRead(@Nullable Principal user, String topic) {
        try {
            return rule.mayRead(user, topic);
        } catch (RuntimeException e) {
            if (warned.compareAndSet(false, true)) {
                log.warn(
                        "Topic \"{}\" was not shown, because the TopicAccess bean of this application threw; more of it is"
                                + " logged at DEBUG",
                        topic,
                        e);
            } else {
                log.debug("Topic \"{}\" was not shown, because the TopicAccess bean threw", topic, e);
            }
            return false;
        }
    }
}
