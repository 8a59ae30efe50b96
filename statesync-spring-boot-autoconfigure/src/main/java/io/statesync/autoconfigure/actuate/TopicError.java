package io.statesync.autoconfigure.actuate;

import io.statesync.SyncErrorContext;
import java.time.Instant;

/**
 * A failure of a topic, as it is shown: what was thrown is not kept.
 *
 * @param at when, by the wall clock
 * @param phase where it happened
 * @param message what was thrown, in one line
 * @param attempt which attempt failed, from 1; 0 where nothing was attempted
 */
record TopicError(String at, String phase, String message, int attempt) {

    static TopicError of(Instant at, SyncErrorContext context) {
        return new TopicError(Shown.time(at), context.phase().tag(), Shown.failure(context), context.attempt());
    }
}
