package io.statesync.test.mutation;

import io.statesync.Revision;
import io.statesync.mutation.MutationFn;
import io.statesync.mutation.PersistContext;
import io.statesync.mutation.PersistResult;
import io.statesync.mutation.SyncContext;
import io.statesync.policy.NonRetriableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Attempts that wait for the history's answer; one that never gets any hangs. */
final class OpenCalls {

    private final List<Call> calls = new ArrayList<>();

    private record Call(String id, int attempt, String home, CompletableFuture<PersistResult> answer) {}

    /** What the next success is to be confirmed by, beside revisions. */
    private @Nullable CompletableFuture<Void> own;

    private final List<Sync> syncs = new ArrayList<>();

    private record Sync(String id, CompletableFuture<Void> answer) {}

    MutationFn backend(String home) {
        return new MutationFn() {
            @Override
            public CompletionStage<PersistResult> persist(PersistContext context) {
                Call call = new Call(context.transaction().id(), context.attempt(), home, new CompletableFuture<>());
                calls.add(call);
                return call.answer;
            }

            @Override
            public Optional<CompletionStage<Void>> awaitSync(SyncContext context) {
                CompletableFuture<Void> awaited = own;
                if (awaited != null) {
                    syncs.add(new Sync(context.transaction().id(), awaited));
                }
                return Optional.ofNullable(awaited);
            }
        };
    }

    void forget() {
        calls.clear();
        syncs.clear();
    }

    /** Answers one of them, also when its time is over; the model hears the same. */
    void answer(SplittableRandom random, ToLongFunction<String> revision, ModelRules rules) {
        if (!syncs.isEmpty() && random.nextInt(3) == 0) {
            sync(syncs.remove(random.nextInt(syncs.size())), random.nextInt(4) > 0, rules);
        } else if (!calls.isEmpty()) {
            Call call = calls.remove(random.nextInt(calls.size()));
            own = random.nextInt(5) == 0 ? new CompletableFuture<>() : null;
            switch (random.nextInt(8)) {
                case 0 -> succeed(call, Map.of(), rules);
                case 1, 2, 3 -> succeed(call, Map.of(call.home, revision.applyAsLong(call.home)), rules);
                case 4 -> succeed(call, Map.of("a", revision.applyAsLong("a"), "b", revision.applyAsLong("b")), rules);
                case 5 -> fail(call, new NonRetriableException("no"), false, rules);
                default -> fail(call, new IllegalStateException("again"), true, rules);
            }
        }
    }

    private static void sync(Sync sync, boolean has, ModelRules rules) {
        if (has) {
            sync.answer.complete(null);
        } else {
            sync.answer.completeExceptionally(new IllegalStateException("sync does not have it"));
        }
        rules.synced(transaction(sync.id, rules), has);
    }

    private void succeed(Call call, Map<String, Long> revisions, ModelRules rules) {
        Map<String, Revision> byTopic = new HashMap<>();
        revisions.forEach((topic, revision) -> byTopic.put(topic, new Revision(revision)));
        Revision single = byTopic.size() == 1 ? byTopic.get(call.home) : null;
        call.answer.complete(single != null ? PersistResult.revision(single) : PersistResult.revisions(byTopic));
        rules.succeed(transaction(call.id, rules), call.attempt, revisions, own != null);
    }

    private static void fail(Call call, RuntimeException error, boolean retriable, ModelRules rules) {
        call.answer.completeExceptionally(error);
        rules.fail(transaction(call.id, rules), call.attempt, retriable);
    }

    private static ModelTransaction transaction(String id, ModelRules rules) {
        return rules.model.transactions.stream()
                .filter(one -> one.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the model does not know " + id));
    }
}
