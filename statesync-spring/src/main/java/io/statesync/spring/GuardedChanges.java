package io.statesync.spring;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link ChangeObserver} behind a guard (E7): what it throws is logged, and whatever it does or forgets, an announcement
 * is made exactly once. What the announcement itself throws passes.
 */
record GuardedChanges(ChangeObserver observer) implements ChangeObserver {

    private static final Logger log = LoggerFactory.getLogger(ChangeObserver.class);

    @Override
    public Runnable bind(Runnable announcing) {
        Once once = new Once();
        Runnable first = () -> once.run(announcing);
        Runnable bound = bound(first);
        return () -> {
            guarded(bound, once);
            first.run();
        };
    }

    private Runnable bound(Runnable announcing) {
        try {
            return observer.bind(announcing);
        } catch (RuntimeException | Error thrown) {
            failed(thrown);
            return announcing;
        }
    }

    @Override
    public void announce(InvalidationEvent event, InvalidationPublisher target) {
        Once once = new Once();
        InvalidationPublisher first = observed -> once.run(() -> target.publish(observed));
        guarded(() -> observer.announce(event, first), once);
        first.publish(event);
    }

    private static void guarded(Runnable call, Once announcing) {
        try {
            call.run();
        } catch (RuntimeException | Error thrown) {
            if (thrown == announcing.failure) {
                throw thrown;
            }
            failed(thrown);
        }
    }

    private static void failed(Throwable thrown) {
        log.debug("The observer of a change failed", thrown);
    }

    /** Used by the thread that announces. */
    private static final class Once {

        private boolean done;
        private @Nullable Throwable failure;

        void run(Runnable announcing) {
            if (done) {
                return;
            }
            done = true;
            try {
                announcing.run();
            } catch (RuntimeException | Error thrown) {
                failure = thrown;
                throw thrown;
            }
        }
    }
}
