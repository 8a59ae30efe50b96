package io.statesync.mutation;

import io.statesync.Revision;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a mutation function may await of the collection of its transaction. */
final class Received implements SyncHandle {

    private final Engine engine;
    private final Tx tx;
    private final Rows rows;

    Received(Engine engine, Tx tx) {
        this.engine = engine;
        this.tx = tx;
        this.rows = tx.home;
    }

    @Override
    public @Nullable Revision receivedRevision() {
        return engine.view().of(rows).revision();
    }

    @Override
    public CompletionStage<Void> await(Revision revision) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        boolean there = engine.step(turn -> {
            if (!rows.hasReceived(revision)) {
                rows.waiting.add(revision, received -> received.after(() -> future.complete(null)));
                engine.confirmations.refresh(turn, rows, revision);
                return false;
            }
            return true;
        });
        if (there) {
            future.complete(null);
        }
        return future;
    }

    @Override
    public CompletionStage<Void> awaitMatch(Predicate<? super CollectionView<Object, Object>> match) {
        CompletionStage<Void> matched =
                rows.matchers.add(match, () -> tx.snapshot().state().active());
        Engine.run(
                engine.callbacks,
                () -> rows.matchers.tryAll(new ReceivedRows(engine.view().of(rows))));
        return matched;
    }

    @Override
    public void refresh() {
        engine.confirmations.ask(rows, null);
    }
}
