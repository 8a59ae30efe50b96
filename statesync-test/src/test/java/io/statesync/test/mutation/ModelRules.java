package io.statesync.test.mutation;

import io.statesync.mutation.store.TransactionState;
import io.statesync.test.mutation.Item.Edit;
import io.statesync.test.mutation.ModelRows.Batch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happens to the {@link Model}: attempts, endings, sync, time and crashes, as MUTATIONS says. */
final class ModelRules {

    static final int PLACES = 3;
    static final int ATTEMPTS = 3;
    static final int INTERRUPTIONS = 3;
    private static final long SECOND = 1_000_000_000L;

    final Model model = new Model();
    private final ModelTime time = new ModelTime(this::run);
    private final Deque<ModelTransaction> launched = new ArrayDeque<>();
    private int places = PLACES;
    private long counter;

    // ---- attempts

    void create(ModelTransaction created) {
        if (ModelCoalescing.take(model, created)) {
            return;
        }
        model.transactions.add(created);
        log("Created", created);
        wake(created);
    }

    private void wake(ModelTransaction one) {
        boolean waits = model.behind(one) != null;
        one.state = waits ? TransactionState.QUEUED : TransactionState.PENDING;
        one.ready = !waits;
        pump();
    }

    private void pump() {
        for (ModelTransaction one : model.transactions) {
            if (places > 0 && one.ready && one.active()) {
                places--;
                one.ready = false;
                one.reserved = true;
                launched.add(one);
                log("AttemptStarted", one);
            }
        }
    }

    /** Those that have a place begin. */
    void run() {
        for (ModelTransaction one = launched.poll(); one != null; one = launched.poll()) {
            if (one.reserved) {
                one.reserved = false;
                one.calling = true;
                one.called = ++counter;
                int attempt = ++one.attempts;
                one.state = TransactionState.PERSISTING;
                ModelTransaction its = one;
                time.after(60 * SECOND, () -> fail(its, attempt, true));
            }
        }
    }

    private boolean ended(ModelTransaction one, int attempt) {
        if (!one.calling || one.attempts != attempt) {
            return false;
        }
        one.calling = false;
        places++;
        pump();
        return true;
    }

    void succeed(ModelTransaction one, int attempt, Map<String, Long> revisions, boolean own) {
        if (!ended(one, attempt)) {
            return;
        }
        one.revisions = revisions;
        one.own = own;
        one.ownDue = own;
        model.log.add(new ModelEntry("Persisted", List.of(one), revisions));
        if (model.confirmed(one)) {
            complete(one, !revisions.isEmpty());
            return;
        }
        one.state = TransactionState.PERSISTED_AWAITING_SYNC;
        one.awaiting = ++counter;
        time.after(10 * SECOND, () -> synced(one, false));
    }

    /** The mutation function says whether sync has it. */
    void synced(ModelTransaction one, boolean has) {
        one.ownDue = false;
        if (one.state == TransactionState.PERSISTED_AWAITING_SYNC && (!has || model.confirmed(one))) {
            complete(one, has);
        }
    }

    void fail(ModelTransaction one, int attempt, boolean retriable) {
        if (!ended(one, attempt)) {
            return;
        }
        log("AttemptFailed", one);
        int failures = one.attempts - one.interrupted;
        one.interruptedInARow = 0;
        if (!retriable || failures >= ATTEMPTS) {
            fail(one);
            return;
        }
        long mine = ++counter;
        one.timer = mine;
        time.after(SECOND << failures - 1, () -> {
            one.ready = one.timer == mine && one.active();
            pump();
        });
    }

    boolean cancel(ModelTransaction one) {
        if (!one.active() || one.calling || one.state == TransactionState.PERSISTED_AWAITING_SYNC) {
            return false;
        }
        if (one.reserved) {
            one.reserved = false;
            places++;
            pump();
        }
        fail(one);
        return true;
    }

    // ---- endings

    private void complete(ModelTransaction one, boolean confirmed) {
        one.state = TransactionState.COMPLETED;
        one.confirmed = confirmed;
        for (Edit edit : one.edits) {
            ModelRows rows = model.rows(edit.collection());
            Long persisted = one.revisions.get(rows.id);
            boolean shown = release(rows, edit.key(), persisted) || confirmed && (one.own || persisted != null);
            if (!shown) {
                boolean merging = one.merging && !model.locked(rows.id, edit.key());
                rows.promote(edit.key(), Model.compose(rows.synced.get(edit.key()), List.of(edit), merging));
            }
            if (persisted != null && !rows.has(persisted)) {
                rows.floor(edit.key(), persisted, time.now());
            }
        }
        log("Completed", one);
        model.active().stream()
                .filter(other -> other.state == TransactionState.QUEUED && model.behind(other) == null)
                .forEach(this::wake);
    }

    private boolean release(ModelRows rows, String key, @Nullable Long persisted) {
        Batch held = model.locked(rows.id, key) ? null : rows.held.remove(key);
        if (held == null || persisted != null && held.revision() != null && held.revision() < persisted) {
            return false;
        }
        rows.take(key, held.rows().get(key));
        return true;
    }

    private void fail(ModelTransaction root) {
        Set<ModelTransaction> failed = new LinkedHashSet<>(List.of(root));
        for (ModelTransaction other : model.active()) {
            if (other.state == TransactionState.QUEUED
                    && model.transactions.indexOf(other) > model.transactions.indexOf(root)
                    && failed.stream().anyMatch(other::meets)) {
                failed.add(other);
            }
        }
        failed.forEach(one -> {
            one.state = TransactionState.FAILED;
            one.root = one == root ? null : root.id;
        });
        failed.forEach(one -> one.edits.forEach(edit -> release(model.rows(edit.collection()), edit.key(), null)));
        model.log.add(new ModelEntry("Failed", List.copyOf(failed), Map.of()));
    }

    // ---- sync

    void sync(String collection, Batch batch) {
        ModelRows rows = model.rows(collection);
        if (rows.loading == null) {
            take(rows, batch, true);
            return;
        }
        rows.loading.add(batch);
        if (!rows.tooOld(batch)) {
            commit(rows);
        }
    }

    private void commit(ModelRows rows) {
        List<Batch> all = rows.loading == null ? List.of() : rows.loading;
        rows.loading = null;
        for (int i = 0; i < all.size(); i++) {
            take(rows, all.get(i), i > 0);
        }
    }

    private void take(ModelRows rows, Batch batch, boolean holding) {
        batch.rows().forEach((key, row) -> {
            if (rows.refuses(key, batch.revision(), time.now())) {
                return;
            }
            if (holding && model.locked(rows.id, key)) {
                rows.held.put(key, batch);
            } else {
                rows.take(key, row);
            }
        });
        rows.receive(batch.revision());
        model.transactions.stream()
                .filter(one -> one.state == TransactionState.PERSISTED_AWAITING_SYNC
                        && one.revisions.containsKey(rows.id)
                        && model.confirmed(one))
                .sorted(Comparator.<ModelTransaction>comparingLong(one -> one.revisions.get(rows.id))
                        .thenComparingLong(one -> one.awaiting))
                .toList()
                .forEach(one -> complete(one, true));
    }

    void advance(long nanos) {
        time.advance(nanos);
    }

    // ---- crash

    /** The process ends in order: what has no answer is stopped, which is no crash. */
    void end() {
        model.active().stream()
                .filter(one -> one.calling)
                .sorted(Comparator.comparingLong(one -> one.called))
                .forEach(one -> log("AttemptStopped", one));
    }

    /** The process dies with so many records written, and begins anew with these rows. */
    void restart(int records, Map<String, Batch> initial) {
        model.log.subList(records, model.log.size()).clear();
        model.transactions.clear();
        time.forget();
        launched.clear();
        model.collections.clear();
        places = PLACES;
        Map<String, Long> floors = new HashMap<>();
        ModelEntry.replay(model.log).forEach(one -> {
            if (one.state == TransactionState.PERSISTED_AWAITING_SYNC) {
                log("Completed", one);
                one.revisions.forEach((topic, revision) -> floors.merge(topic, revision, Math::max));
            } else if (one.active()) {
                model.transactions.add(one);
            }
        });
        for (ModelTransaction one : model.transactions) {
            if (one.open) {
                log("AttemptInterrupted", one);
                one.interrupted++;
                one.interruptedInARow++;
            }
            one.state = model.behind(one) == null ? TransactionState.PENDING : TransactionState.QUEUED;
        }
        for (ModelTransaction one : model.transactions) {
            if (one.state == TransactionState.PENDING && one.interruptedInARow >= INTERRUPTIONS) {
                fail(one);
            } else if (one.state == TransactionState.PENDING) {
                wake(one);
            }
        }
        run();
        initial.forEach(
                (collection, batch) -> begin(model.rows(collection), batch, floors.getOrDefault(collection, 0L)));
    }

    private void begin(ModelRows rows, Batch initial, long floor) {
        rows.wanted = floor;
        rows.loading = new ArrayList<>(List.of(initial));
        if (!rows.tooOld(initial)) {
            commit(rows);
        } else {
            time.after(10 * SECOND, () -> commit(rows));
        }
    }

    private void log(String kind, ModelTransaction one) {
        model.log.add(new ModelEntry(kind, List.of(one), Map.of()));
    }
}
