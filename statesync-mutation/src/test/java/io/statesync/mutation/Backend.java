package io.statesync.mutation;

import io.statesync.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A mutation function whose calls stay open until the test answers them. Used by one thread. */
final class Backend implements MutationFn {

    final List<Sent> calls = new ArrayList<>();
    final List<SyncContext> syncs = new ArrayList<>();

    /** What {@code awaitSync} returns. */
    Function<SyncContext, Optional<CompletionStage<Void>>> awaitSync = context -> Optional.empty();

    /** Thrown by the next call instead of leaving it open. */
    Exception thrown;

    record Sent(PersistContext context, CompletableFuture<PersistResult> answer) {

        void ok() {
            answer.complete(PersistResult.none());
        }

        void ok(long revision) {
            answer.complete(PersistResult.revision(new Revision(revision)));
        }

        void fail(Throwable error) {
            answer.completeExceptionally(error);
        }

        String id() {
            return context.transaction().id();
        }
    }

    @Override
    public CompletionStage<PersistResult> persist(PersistContext context) throws Exception {
        Sent sent = new Sent(context, new CompletableFuture<>());
        calls.add(sent);
        if (thrown != null) {
            Exception now = thrown;
            thrown = null;
            throw now;
        }
        return sent.answer;
    }

    @Override
    public Optional<CompletionStage<Void>> awaitSync(SyncContext context) {
        syncs.add(context);
        return awaitSync.apply(context);
    }

    Sent last() {
        return calls.get(calls.size() - 1);
    }

    /** The call of that transaction that came last. */
    Sent of(TransactionHandle handle) {
        return calls.stream()
                .filter(sent -> sent.id().equals(handle.id()))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    long callsOf(TransactionHandle handle) {
        return calls.stream().filter(sent -> sent.id().equals(handle.id())).count();
    }
}
