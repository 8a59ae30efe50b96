package io.statesync.memory;

import io.statesync.InvalidationHandler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several who listen for one topic, in the order in which they came. Never changed, but replaced; one alone needs none. */
record Handlers(List<InvalidationHandler> all) implements InvalidationHandler {

    /** Each of them, or the only one. */
    static List<InvalidationHandler> of(InvalidationHandler listening) {
        return listening instanceof Handlers several ? several.all : List.of(listening);
    }

    /** These and one more. */
    static InvalidationHandler with(@Nullable InvalidationHandler known, InvalidationHandler joins) {
        if (known == null) {
            return joins;
        }
        List<InvalidationHandler> all = new ArrayList<>(of(known));
        all.add(joins);
        return new Handlers(List.copyOf(all));
    }

    /** These without one; null if nobody is left. */
    static @Nullable InvalidationHandler without(InvalidationHandler known, InvalidationHandler leaves) {
        List<InvalidationHandler> all = new ArrayList<>(of(known));
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) == leaves) {
                // once: a handler may have subscribed twice
                all.remove(i);
                break;
            }
        }
        return all.isEmpty() ? null : all.size() == 1 ? all.get(0) : new Handlers(List.copyOf(all));
    }

    @Override
    public void onInvalidation(
            @Nullable String topic,
            @Nullable String revision,
            @Nullable String sourceId,
            long timestampMs,
            @Nullable String traceparent) {
        for (InvalidationHandler handler : all) {
            handler.onInvalidation(topic, revision, sourceId, timestampMs, traceparent);
        }
    }

    @Override
    public void onMalformed(@Nullable Object payload, Throwable error) {
        all.forEach(handler -> handler.onMalformed(payload, error));
    }

    @Override
    public void onConnectionLost(@Nullable Throwable cause) {
        all.forEach(handler -> handler.onConnectionLost(cause));
    }

    @Override
    public void onConnectionRestored() {
        all.forEach(InvalidationHandler::onConnectionRestored);
    }
}
