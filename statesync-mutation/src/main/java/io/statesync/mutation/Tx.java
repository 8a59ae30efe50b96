package io.statesync.mutation;

import io.statesync.Revision;
import io.statesync.mutation.store.StrategyType;
import io.statesync.mutation.store.TransactionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A transaction in work. Guarded by the engine's lock, but for what is final or volatile. */
final class Tx {

    private static final Duration TICK = Duration.ofMillis(1);

    final String id;
    final long sequence;
    final String idempotencyKey;
    final Rows home;
    final String fnName;
    final MutationStrategy strategy;
    final Set<String> lanes;
    final Instant createdAt;

    /** Another list where a queued one takes in one more. */
    List<Change> changes;

    /** Takes in others while it is queued (MC-09); one of a former life does not. */
    boolean coalesces;

    TransactionState state;
    private Instant updatedAt;
    List<Attempt> attempts = List.of();

    /** What it waits for directly, by sequence (MU-O3), and what waits for it. */
    private @Nullable TreeSet<Tx> blockedBy;

    List<Tx> followers = List.of();

    /** What it claims for ordering, and who claimed that before: kept by {@link Claims}. */
    List<Claims.Claim> claims = List.of();

    /** Restored, and its collections or its mutation function are not all there: runs no attempt (MU-D11). */
    boolean orphan;

    /** The attempt that is due, running or reserved; null in between. */
    @Nullable
    Call call;

    /** The retry, or the confirmation, that a timer waits for. */
    @Nullable
    Alarm alarm;

    /** Its rows are locked against sync. */
    boolean locked;

    /** The mutation function succeeded: it is never called again (MU-S4). */
    boolean accepted;

    /** What the confirmation still lacks: revisions, and the mutation function's own stage. */
    int lacking;

    /** The mutation function says itself when sync has it. */
    boolean awaitsOwn;

    Map<String, Revision> revisions = Map.of();
    Map<Ref, Object> returnedRows = Map.of();
    boolean syncConfirmed;

    @Nullable
    TransactionError error;

    long createdAtPosition;

    /** Forgets who waits for its confirmation. */
    List<Runnable> forget = List.of();

    final CompletableFuture<MutationTransaction> persisted = new CompletableFuture<>();
    final CompletableFuture<MutationTransaction> completed = new CompletableFuture<>();

    /** For readers without the lock; renewed by {@link #publish}. */
    private volatile @Nullable MutationTransaction snapshot;

    /** What it was born with, for the first of these pictures. */
    private final List<Change> born;

    Tx(
            String id,
            long sequence,
            String idempotencyKey,
            Rows home,
            String fnName,
            MutationStrategy strategy,
            Set<String> lanes,
            Instant createdAt,
            List<Change> changes) {
        this.id = id;
        this.sequence = sequence;
        this.idempotencyKey = idempotencyKey;
        this.home = home;
        this.fnName = fnName;
        this.strategy = strategy;
        this.lanes = lanes;
        this.createdAt = createdAt;
        updatedAt = createdAt;
        this.changes = changes;
        born = changes;
        state = TransactionState.PENDING;
        for (int i = 0; i < changes.size(); i++) {
            changes.get(i).tx = this;
        }
    }

    boolean ordered() {
        return strategy.type() == StrategyType.ORDERED;
    }

    @Nullable
    MutationFn fn() {
        return home.config.mutationFns().get(fnName);
    }

    /** Before it was published first it is pending, with nothing but what never changes: nobody has to make that picture. */
    MutationTransaction snapshot() {
        MutationTransaction published = snapshot;
        return published != null
                ? published
                : picture(TransactionState.PENDING, createdAt, born, List.of(), null, Set.of(), null, Map.of(), false);
    }

    /** Makes a transition (MU-T3). */
    void move(Transition transition, Instant now) {
        state = transition.from(state);
        touch(now);
    }

    /** The date goes on with each transition, also where the clock stands still. */
    void touch(Instant now) {
        Instant next = updatedAt.plus(TICK);
        updatedAt = now.isAfter(next) ? now : next;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    void restoredAt(Instant moment) {
        updatedAt = moment;
    }

    // ---- attempts

    /** Adds the attempt, or puts it in the place of the same one. */
    void record(Attempt attempt) {
        List<Attempt> all = new ArrayList<>(attempts);
        if (!all.isEmpty() && all.get(all.size() - 1).id().equals(attempt.id())) {
            all.remove(all.size() - 1);
        }
        all.add(attempt);
        attempts = List.copyOf(all);
    }

    /** How often in a row the process died during an attempt; an orderly end does not count (MU-D7). */
    int interruptionsInARow() {
        int count = 0;
        for (int i = attempts.size() - 1;
                i >= 0 && attempts.get(i).interrupted() && attempts.get(i).completedAt() == null;
                i--) {
            count++;
        }
        return count;
    }

    /** Whether its confirmation says that the rows of this topic have come, too: if not, their effect has to stay (MU-V3). */
    boolean confirmsRowsOf(String topic) {
        return awaitsOwn || revisions.containsKey(topic);
    }

    // ---- order

    void waitFor(Tx blocker) {
        if (blockedBy == null) {
            blockedBy = new TreeSet<>(Comparator.comparingLong((Tx tx) -> tx.sequence));
        }
        if (blockedBy.add(blocker)) {
            blocker.followers = blocker.followers.isEmpty() ? new ArrayList<>(2) : blocker.followers;
            blocker.followers.add(this);
        }
    }

    /** Whether nothing is left to wait for. */
    boolean unblockedBy(Tx blocker) {
        if (blockedBy != null) {
            blockedBy.remove(blocker);
        }
        return !blocked();
    }

    boolean blocked() {
        return blockedBy != null && !blockedBy.isEmpty();
    }

    // ---- pictures

    void publish() {
        TreeSet<Tx> blockers = state == TransactionState.QUEUED ? blockedBy : null;
        String behind = null;
        Set<String> all = Set.of();
        if (blockers != null && !blockers.isEmpty()) {
            behind = blockers.last().id;
            all = blockers.stream().map(tx -> tx.id).collect(Collectors.toUnmodifiableSet());
        }
        snapshot = picture(state, updatedAt, changes, attempts, behind, all, error, revisions, syncConfirmed);
    }

    private MutationTransaction picture(
            TransactionState current,
            Instant updated,
            List<Change> mutations,
            List<Attempt> tried,
            @Nullable String behind,
            Set<String> blockers,
            @Nullable TransactionError why,
            Map<String, Revision> persistedRevisions,
            boolean confirmed) {
        return new MutationTransaction(
                id,
                sequence,
                current,
                createdAt,
                updated,
                new MutationList(id, mutations, createdAt, updated, MutationList.state(current, !tried.isEmpty())),
                tried,
                tried.isEmpty() ? 0 : tried.get(tried.size() - 1).number(),
                behind,
                blockers,
                why,
                strategy.type(),
                home.id,
                fnName,
                idempotencyKey,
                persistedRevisions,
                confirmed);
    }
}
