package io.statesync.autoconfigure.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.statesync.Revision;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of a topic. Nobody waits for the end of it, as a source may take its time: that is in the topic's events.
 *
 * @param topic its name
 * @param action what was asked
 * @param revision the one that an invalidation issued
 * @param error why it failed, where that is known at once
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Asked(
        String topic,
        String action,
        @Nullable String revision,
        @Nullable String error) {

    static Asked of(String topic, String action, CompletableFuture<@Nullable Revision> asked) {
        if (asked.isCompletedExceptionally()) {
            return new Asked(
                    topic,
                    action,
                    null,
                    Shown.message(asked.handle((none, error) -> error).join()));
        }
        Revision revision = asked.getNow(null);
        return new Asked(topic, action, revision == null ? null : revision.toString(), null);
    }
}
