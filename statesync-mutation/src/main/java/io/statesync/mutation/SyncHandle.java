package io.statesync.mutation;

import io.statesync.Revision;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What has come by sync into the collection through which a transaction was made: as received, not as released, so that a
 * row that is held back for the transaction can still confirm it (MU-L7).
 */
public interface SyncHandle {

    /** The newest revision that was received; null if none was. */
    @Nullable
    Revision receivedRevision();

    /** Completes when this revision, or a newer one, was received. */
    CompletionStage<Void> await(Revision revision);

    /** Completes when the received rows match. Tried now and after each sync, never under a lock. */
    CompletionStage<Void> awaitMatch(Predicate<? super CollectionView<Object, Object>> match);

    /** Asks the source for newer rows. */
    void refresh();
}
