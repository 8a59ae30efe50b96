package io.statesync.spring.stomp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is left to do when a lock is released: everything that calls foreign code. Confined to one thread. */
final class Steps {

    private static final Logger log = LoggerFactory.getLogger(Steps.class);

    private final List<Runnable> steps = new ArrayList<>();

    void add(Runnable step) {
        steps.add(step);
    }

    void wake(@Nullable TopicSubscription subscription) {
        if (subscription != null) {
            steps.add(subscription::wake);
        }
    }

    /** One that fails (an executor or a scheduler that refuses) keeps none of the others from running. */
    void run() {
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                log.warn("A step of the STOMP transport failed", e);
            }
        }
    }
}
