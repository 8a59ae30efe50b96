package io.statesync.spring.observe;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/** An observation that has begun and is current on this thread, until it is stopped on the same one. */
record Opened(Observation observation, Observation.Scope scope) {

    static Opened start(Observation observation) {
        return new Opened(observation.start(), observation.openScope());
    }

    void stop(@Nullable Throwable error) {
        try {
            if (error != null) {
                observation.error(error);
            }
        } finally {
            closeAndStop();
        }
    }

    private void closeAndStop() {
        try {
            scope.close();
        } finally {
            observation.stop();
        }
    }
}
