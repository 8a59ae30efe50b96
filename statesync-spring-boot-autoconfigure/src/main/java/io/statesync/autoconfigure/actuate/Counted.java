package io.statesync.autoconfigure.actuate;

import io.statesync.Revision;
import io.statesync.spring.TopicSources;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The revisions that this application's counter has issued, or why they cannot be read: the endpoint answers all the same.
 *
 * @param revisions the current one of each topic
 * @param error what the counter threw
 */
record Counted(Map<String, Revision> revisions, TopicView.@Nullable LastError error) {

    static final Counted NOTHING = new Counted(Map.of(), null);

    static Counted by(TopicSources sources) {
        try {
            return new Counted(sources.counted(), null);
        } catch (RuntimeException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            return new Counted(Map.of(), new TopicView.LastError("revisions", Shown.message(reason)));
        }
    }
}
