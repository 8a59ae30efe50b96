package io.statesync.autoconfigure.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.statesync.InvalidationOutcome;
import io.statesync.RefreshReport;
import io.statesync.Revision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a topic, as it is shown.
 *
 * @param at when, by the wall clock
 * @param event {@code announcement} (issued here), {@code invalidation} (heard), {@code refresh}, {@code connection} or
 *     {@code operation} (an operator's)
 * @param outcome what became of it
 * @param cause why a refresh was run
 * @param revision of an announcement or an invalidation its own, if it was read; after a refresh the local one
 * @param took fetch and apply of a refresh together
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TopicEvent(
        String at,
        String event,
        String outcome,
        @Nullable String cause,
        @Nullable String revision,
        @Nullable String took) {

    static TopicEvent invalidation(Instant at, long revisionBits, InvalidationOutcome outcome) {
        String revision = revisionBits == 0 ? null : new Revision(revisionBits).toString();
        return new TopicEvent(Shown.time(at), "invalidation", Shown.word(outcome), null, revision, null);
    }

    static TopicEvent refresh(Instant at, RefreshReport report) {
        return new TopicEvent(
                Shown.time(at),
                "refresh",
                Shown.word(report.outcome()),
                Shown.word(report.cause()),
                report.localRevision().toString(),
                Shown.duration(report.fetchTime().plus(report.applyTime())));
    }

    static TopicEvent announcement(Instant at, Revision revision) {
        return new TopicEvent(Shown.time(at), "announcement", "issued", null, revision.toString(), null);
    }

    static TopicEvent operation(Instant at, String action) {
        return new TopicEvent(Shown.time(at), "operation", action, null, null, null);
    }

    static TopicEvent connection(Instant at, String outcome) {
        return new TopicEvent(Shown.time(at), "connection", outcome, null, null, null);
    }
}
