package io.statesync.mutation;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Who waits for received rows to match (MU-S2). Safe for use by any thread; predicates are tried without the engine's lock. */
final class Matchers {

    private final List<Matcher> matchers = new CopyOnWriteArrayList<>();

    /** Waits as long as {@code wanted}. */
    CompletionStage<Void> add(Predicate<? super CollectionView<Object, Object>> match, BooleanSupplier wanted) {
        Matcher matcher = new Matcher(match, wanted, new CompletableFuture<>());
        matchers.add(matcher);
        return matcher.future;
    }

    boolean isEmpty() {
        return matchers.isEmpty();
    }

    void tryAll(CollectionView<Object, Object> received) {
        for (Matcher matcher : matchers) {
            if (!matcher.wanted.getAsBoolean() || matches(matcher, received)) {
                matchers.remove(matcher);
            }
        }
    }

    private static boolean matches(Matcher matcher, CollectionView<Object, Object> received) {
        try {
            return matcher.match.test(received) && matcher.future.complete(null);
        } catch (Throwable thrown) {
            return matcher.future.completeExceptionally(thrown);
        }
    }

    private record Matcher(
            Predicate<? super CollectionView<Object, Object>> match,
            BooleanSupplier wanted,
            CompletableFuture<Void> future) {}
}
