package io.statesync.mutation.jdbc;

import io.statesync.Revision;
import io.statesync.mutation.store.MutationType;
import io.statesync.mutation.store.StoredAttempt;
import io.statesync.mutation.store.StoredError;
import io.statesync.mutation.store.StoredMutation;
import io.statesync.mutation.store.StoredRow;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.StrategyType;
import io.statesync.mutation.store.TransactionState;
import java.util.LinkedHashSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as two records: what it is, written once, or again if it takes in another one while it waits, and its progress. Rows stay as their codec wrote them,
 * beside the codec's id and version.
 */
final class TransactionFormat {

    private static final int VERSION = 1;

    private TransactionFormat() {}

    static byte[] created(StoredTransaction transaction) {
        FrameWriter out = new FrameWriter(VERSION)
                .text(transaction.id())
                .number(transaction.sequence())
                .text(transaction.idempotencyKey())
                .text(transaction.collection())
                .text(transaction.mutationFn())
                .text(transaction.strategy().name())
                .moment(transaction.createdAt());
        out.each(transaction.lanes(), out::text);
        out.each(transaction.mutations(), mutation -> write(out, mutation));
        return out.seal();
    }

    static byte[] progress(StoredTransaction transaction) {
        FrameWriter out = new FrameWriter(VERSION).moment(transaction.updatedAt());
        out.each(transaction.attempts(), attempt -> write(out, attempt));
        out.optional(transaction.error(), error -> write(out, error));
        out.each(transaction.revisions(), (topic, revision) -> out.text(topic).number(revision.bits()));
        return out.flag(transaction.syncConfirmed()).seal();
    }

    /** @throws DamagedRecordException if one of the two is not what was written */
    static StoredTransaction read(String state, byte @Nullable [] created, byte @Nullable [] progress)
            throws DamagedRecordException {
        try {
            FrameReader first = new FrameReader("what was created", created, VERSION);
            FrameReader then = new FrameReader("its progress", progress, VERSION);
            return read(TransactionState.valueOf(state), first, then);
        } catch (RuntimeException e) {
            throw new DamagedRecordException("it does not make a transaction: " + e, e);
        }
    }

    // the order of the arguments is not the order of the fields
    private static StoredTransaction read(TransactionState state, FrameReader created, FrameReader progress) {
        String id = created.text();
        long sequence = created.large();
        String idempotencyKey = created.text();
        String collection = created.text();
        String mutationFn = created.text();
        StrategyType strategy = StrategyType.valueOf(created.text());
        var createdAt = created.moment();
        var lanes = new LinkedHashSet<>(created.each(created::text));
        var mutations = created.each(() -> mutation(created));
        var updatedAt = progress.moment();
        var attempts = progress.each(() -> attempt(progress));
        StoredError error = progress.optional(() -> error(progress));
        var revisions = progress.map(() -> new Revision(progress.large()));
        return new StoredTransaction(
                id,
                sequence,
                idempotencyKey,
                collection,
                mutationFn,
                strategy,
                lanes,
                state,
                createdAt,
                updatedAt,
                mutations,
                attempts,
                error,
                revisions,
                progress.flag());
    }

    private static void write(FrameWriter out, StoredMutation mutation) {
        out.text(mutation.collection())
                .text(mutation.key())
                .text(mutation.type().name());
        out.text(mutation.codec()).number(mutation.codecVersion());
        out.optional(mutation.original(), row -> out.bytes(encoded(row)));
        out.bytes(encoded(mutation.modified()));
        out.each(mutation.changed(), out::text);
        out.each(mutation.metadata(), (name, value) -> out.text(name).text(value));
    }

    private static StoredMutation mutation(FrameReader in) {
        String collection = in.text();
        String key = in.text();
        MutationType type = MutationType.valueOf(in.text());
        String codec = in.text();
        int version = in.number();
        StoredRow original = in.optional(() -> StoredRow.encoded(in.bytes()));
        StoredRow modified = StoredRow.encoded(in.bytes());
        return new StoredMutation(
                collection, key, type, codec, version, original, modified, in.each(in::text), in.map(in::text));
    }

    private static byte[] encoded(StoredRow row) {
        return Objects.requireNonNull(row.bytes(), "a live row cannot be stored in a database");
    }

    private static void write(FrameWriter out, StoredAttempt attempt) {
        out.text(attempt.id()).number(attempt.number()).moment(attempt.startedAt());
        out.optional(attempt.completedAt(), out::moment);
        out.optional(attempt.error(), error -> write(out, error));
        out.optional(attempt.retryScheduledFor(), out::moment);
        out.flag(attempt.interrupted());
    }

    private static StoredAttempt attempt(FrameReader in) {
        return new StoredAttempt(
                in.text(),
                in.number(),
                in.moment(),
                in.optional(in::moment),
                in.optional(() -> error(in)),
                in.optional(in::moment),
                in.flag());
    }

    private static void write(FrameWriter out, StoredError error) {
        out.optional(error.transactionId(), out::text);
        out.text(error.type()).text(error.message());
    }

    private static StoredError error(FrameReader in) {
        return new StoredError(in.optional(in::text), in.text(), in.text());
    }
}
