package io.statesync.spring.delivery;

import io.statesync.InvalidationHandler;
import io.statesync.spring.json.InvalidationMessage;
import org.jspecify.annotations.Nullable;

/** One thing to tell a subscription. */
public sealed interface Letter {

    /** Tells it. */
    void deliver(InvalidationHandler handler);

    /** A message came. */
    record Received(InvalidationMessage message) implements Letter {
        @Override
        public void deliver(InvalidationHandler handler) {
            message.deliverTo(handler);
        }
    }

    /** Events may be missing. */
    record Lost(@Nullable Throwable cause) implements Letter {
        @Override
        public void deliver(InvalidationHandler handler) {
            handler.onConnectionLost(cause);
        }
    }

    /** It is active again. */
    record Restored() implements Letter {
        @Override
        public void deliver(InvalidationHandler handler) {
            handler.onConnectionRestored();
        }
    }

    /** The outcome of the subscribe, for whoever waits for it. */
    record Outcome(Runnable completion) implements Letter {
        @Override
        public void deliver(InvalidationHandler handler) {
            completion.run();
        }
    }
}
