package io.statesync.test.mutation;

import io.statesync.Revision;
import io.statesync.mutation.MutationFn;
import io.statesync.mutation.PersistResult;
import io.statesync.policy.NonRetriableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;

/** Attempts that wait for the history's answer; one that never gets any hangs. */
final class OpenCalls {

    private final List<Call> calls = new ArrayList<>();

    private record Call(String id, int attempt, String home, CompletableFuture<PersistResult> answer) {}

    MutationFn backend(String home) {
        return context -> {
            Call call = new Call(context.transaction().id(), context.attempt(), home, new CompletableFuture<>());
            calls.add(call);
            return call.answer;
        };
    }

    void forget() {
        calls.clear();
    }

    /** Answers one of them, also when its time is over; the model hears the same. */
    void answer(SplittableRandom random, ToLongFunction<String> revision, ModelRules rules) {
        if (calls.isEmpty()) {
            return;
        }
        Call call = calls.remove(random.nextInt(calls.size()));
        switch (random.nextInt(8)) {
            case 0 -> succeed(call, Map.of(), rules);
            case 1, 2, 3 -> succeed(call, Map.of(call.home, revision.applyAsLong(call.home)), rules);
            case 4 -> succeed(call, Map.of("a", revision.applyAsLong("a"), "b", revision.applyAsLong("b")), rules);
            case 5 -> fail(call, new NonRetriableException("no"), false, rules);
            default -> fail(call, new IllegalStateException("again"), true, rules);
        }
    }

    private static void succeed(Call call, Map<String, Long> revisions, ModelRules rules) {
        Map<String, Revision> byTopic = new HashMap<>();
        revisions.forEach((topic, revision) -> byTopic.put(topic, new Revision(revision)));
        Revision own = byTopic.get(call.home);
        boolean single = own != null && byTopic.size() == 1;
        call.answer.complete(single ? PersistResult.revision(own) : PersistResult.revisions(byTopic));
        rules.succeed(transaction(call, rules), call.attempt, revisions);
    }

    private static void fail(Call call, RuntimeException error, boolean retriable, ModelRules rules) {
        call.answer.completeExceptionally(error);
        rules.fail(transaction(call, rules), call.attempt, retriable);
    }

    private static ModelTransaction transaction(Call call, ModelRules rules) {
        return rules.model.transactions.stream()
                .filter(one -> one.id.equals(call.id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the model does not know " + call.id));
    }
}
