package io.statesync.autoconfigure.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.statesync.mutation.Attempt;
import io.statesync.mutation.MutationTransaction;
import io.statesync.mutation.PendingMutation;
import io.statesync.mutation.TransactionError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as it is shown. Without values, keys, rows and metadata are left out, changes are the names of their fields,
 * and of an error only its type is shown: what it says may quote the data.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TransactionView(
        String id,
        long sequence,
        String state,
        String createdAt,
        String updatedAt,
        String collection,
        String mutationFn,
        String strategy,
        @Nullable String queuedBehind,
        Set<String> blockedBy,
        Map<String, String> persistedRevisions,
        boolean syncConfirmed,
        @Nullable ErrorView error,
        List<MutationView> mutations,
        List<AttemptView> attempts) {

    /** Why it failed; {@code transaction} is the one that failed originally, if it was another one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ErrorView(@Nullable String transaction, String error) {}

    /** One row of it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MutationView(
            String type,
            String collection,
            Set<String> fields,
            @Nullable Object key,
            @Nullable Object original,
            @Nullable Object modified,
            @Nullable Map<String, String> metadata) {}

    /** One call of its handler. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AttemptView(
            int number,
            String startedAt,
            @Nullable String completedAt,
            @Nullable String error,
            @Nullable String retryScheduledFor,
            boolean interrupted) {}

    static TransactionView of(MutationTransaction it, boolean values) {
        Map<String, String> revisions = new TreeMap<>();
        it.persistedRevisions().forEach((topic, revision) -> revisions.put(topic, revision.toString()));
        TransactionError error = it.error();
        return new TransactionView(
                it.id(),
                it.sequence(),
                Shown.word(it.state()),
                Shown.time(it.createdAt()),
                Shown.time(it.updatedAt()),
                it.collection(),
                it.mutationFn(),
                Shown.word(it.strategy()),
                it.queuedBehind(),
                it.blockedBy(),
                revisions,
                it.syncConfirmed(),
                error == null ? null : new ErrorView(error.transactionId(), error(error.error(), values)),
                it.mutations().stream().map(row -> mutation(row, values)).toList(),
                it.attempts().stream().map(call -> attempt(call, values)).toList());
    }

    private static MutationView mutation(PendingMutation it, boolean values) {
        return new MutationView(
                Shown.word(it.type()),
                it.ref().collection(),
                it.changes().keySet(),
                values ? it.ref().key() : null,
                values ? it.original() : null,
                values ? it.modified() : null,
                values ? it.metadata() : null);
    }

    private static AttemptView attempt(Attempt it, boolean values) {
        return new AttemptView(
                it.number(),
                Shown.time(it.startedAt()),
                time(it.completedAt()),
                it.error() == null ? null : error(it.error(), values),
                time(it.retryScheduledFor()),
                it.interrupted());
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : Shown.time(instant);
    }

    private static String error(Throwable error, boolean values) {
        return values ? Shown.message(error) : error.getClass().getSimpleName();
    }
}
