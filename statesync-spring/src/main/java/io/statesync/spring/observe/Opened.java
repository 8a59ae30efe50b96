package io.statesync.spring.observe;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * An observation that is current on this thread until it is closed on the same one. Its handlers are foreign code: if one
 * throws, what was current before is current again all the same.
 *
 * @param before what was current
 */
record Opened(
        ObservationRegistry registry,
        Observation observation,
        Observation.Scope scope,
        Observation.@Nullable Scope before) {

    static Opened start(ObservationRegistry registry, Observation observation) {
        Observation started = observation.start();
        try {
            return open(registry, started);
        } catch (RuntimeException | Error thrown) {
            // a handler may hold what has begun until it stops
            started.stop();
            throw thrown;
        }
    }

    /** One that has begun already, and maybe ended. */
    static Opened open(ObservationRegistry registry, Observation observation) {
        Observation.Scope before = registry.getCurrentObservationScope();
        try {
            return new Opened(registry, observation, observation.openScope(), before);
        } catch (RuntimeException | Error thrown) {
            registry.setCurrentObservationScope(before);
            throw thrown;
        }
    }

    void close() {
        try {
            scope.close();
        } finally {
            registry.setCurrentObservationScope(before);
        }
    }

    void stop(@Nullable Throwable error) {
        try {
            close();
        } finally {
            stopped(error);
        }
    }

    private void stopped(@Nullable Throwable error) {
        try {
            if (error != null) {
                observation.error(error);
            }
        } finally {
            observation.stop();
        }
    }
}
