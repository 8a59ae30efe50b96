package io.statesync.test.simulation;

import io.statesync.Revision;
import io.statesync.mutation.MutationTransaction;
import io.statesync.mutation.PendingMutation;
import io.statesync.mutation.store.MutationType;
import io.statesync.policy.NonRetriableException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The source as mutations see it: it takes a transaction once by its idempotency key, and refuses some. */
final class Backend {

    private final World world;
    private final Writes writes;
    private final SplittableRandom random;
    /** By idempotency key; without a revision as long as none was issued. */
    private final Map<String, Optional<Revision>> taken = new HashMap<>();

    private final Set<String> applied = new HashSet<>();
    private final Map<Object, Long> newest = new HashMap<>();

    Backend(World world, Writes writes, SplittableRandom random) {
        this.world = world;
        this.writes = writes;
        this.random = random;
    }

    boolean hasApplied(String transaction) {
        return applied.contains(transaction);
    }

    /** A request arrives, maybe late, maybe not for the first time. */
    void arrives(
            String key, MutationTransaction transaction, BiConsumer<@Nullable Revision, @Nullable Throwable> answer) {
        Source source = world.anySource(random);
        Optional<Revision> known = taken.get(key);
        if (!source.alive()) {
            answer.accept(null, new Trouble.Planned("connection refused"));
        } else if (known != null) {
            again(source, known.orElse(null), answer);
        } else if (Math.floorMod(transaction.id().hashCode(), 12) == 0) {
            answer.accept(null, new NonRetriableException("the backend refuses transaction " + transaction.id()));
        } else {
            take(source, key, transaction, answer);
        }
    }

    /* Taken before: with which revision, the process that took it may have known alone, and the next one has a newer. */
    private static void again(
            Source source, @Nullable Revision known, BiConsumer<@Nullable Revision, @Nullable Throwable> answer) {
        if (known != null || !source.announcing()) {
            answer.accept(known == null ? source.current() : known, null);
        } else {
            answer.accept(null, new Trouble.Planned("it is being written"));
        }
    }

    private void take(
            Source source,
            String key,
            MutationTransaction transaction,
            BiConsumer<@Nullable Revision, @Nullable Throwable> answer) {
        String id = transaction.id();
        world.trace(() -> id + " gets to the backend as change " + (world.truth.changes() + 1));
        world.check(applied.add(id), () -> "transaction " + id + " is applied under two idempotency keys");
        long order = writes.orderOf(id);
        for (PendingMutation mutation : transaction.mutations()) {
            if (writes.isOrdered(id)) {
                Object row = mutation.ref().key();
                Long before = newest.put(row, order);
                world.check(
                        before == null || before < order || writes.excused(id),
                        () -> "transaction " + id + " is applied to " + row + " after a younger one");
            }
        }
        taken.put(key, Optional.empty());
        source.write(rows -> transaction.mutations().forEach(it -> edit(rows, it)), revision -> {
            taken.put(key, Optional.of(revision));
            answer.accept(revision, null);
        });
    }

    private static void edit(Map<String, Row> rows, PendingMutation mutation) {
        String key = (String) mutation.ref().key();
        if (mutation.type() == MutationType.DELETE) {
            rows.remove(key);
        } else if (mutation.type() == MutationType.INSERT || rows.containsKey(key)) {
            rows.put(key, (Row) mutation.modified());
        }
    }
}
