package io.statesync.spring.observe;

import io.statesync.InvalidationEvent;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The one field of the W3C trace context that an event carries; what else a propagator has is left out. */
final class Traceparent {

    private static final String NAME = "traceparent";

    private Traceparent() {}

    static void write(@Nullable AtomicReference<@Nullable String> carrier, String key, String value) {
        if (carrier != null && NAME.equals(key)) {
            carrier.set(value);
        }
    }

    static @Nullable String read(String carrier, String key) {
        return NAME.equals(key) ? carrier : null;
    }

    static InvalidationEvent in(InvalidationEvent event, @Nullable String traceparent) {
        return new InvalidationEvent(
                event.topic(), event.revision(), event.sourceId(), event.timestampMs(), traceparent);
    }
}
