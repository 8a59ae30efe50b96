package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.source.RevisionCounter;
import io.statesync.source.SourceProvider;
import io.statesync.source.StatePublisher;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The source's cases (EX): the last revision, and labels that are never newer than their data (P6, P7). */
@Timeout(60)
public abstract class SourceContract {

    private static final String TOPIC = "price-list";
    private static final int ROUNDS = 100_000;

    /** A counter whose next revision is not larger than this one, and close to it. */
    protected abstract RevisionCounter counterBefore(Revision revision);

    /** A counter that has issued nothing yet, and counts by one. */
    protected abstract RevisionCounter freshCounter();

    /** The largest revision that the counter can issue: the protocol's, unless its store ends before that. */
    protected Revision largest() {
        return Revision.MAX;
    }

    /** How many revisions race with as many reads; fewer for a counter that has to be asked over a connection. */
    protected int rounds() {
        return ROUNDS;
    }

    @Test
    @DisplayName("EX-27: after the largest revision nothing is issued and nothing announced")
    void afterTheLargestRevisionNothingIsIssuedAndNothingAnnounced() {
        RevisionCounter counter = counterBefore(largest());
        Revision issued = counter.next(TOPIC);
        while (!issued.equals(largest())) {
            issued = counter.next(TOPIC);
        }
        List<InvalidationEvent> announced = new CopyOnWriteArrayList<>();
        StatePublisher publisher = StatePublisher.of(counter, announced::add, "shop-1");

        CompletableFuture<Revision> invalidated = publisher.invalidate(TOPIC);

        assertThatThrownBy(invalidated::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("price-list");
        assertThatThrownBy(() -> counter.next(TOPIC)).hasMessageContaining("largest");
        assertThat(announced).isEmpty();
    }

    @Test
    @DisplayName("EX-28: no snapshot ever carries a revision that is newer than its data")
    void noSnapshotEverCarriesARevisionThatIsNewerThanItsData() throws Exception {
        int rounds = rounds();
        RevisionCounter counter = freshCounter();
        Revision first = counter.next(TOPIC);
        AtomicLong data = new AtomicLong(first.bits());
        SourceProvider<Long> provider = new SourceProvider<>(TOPIC, counter, data::get);
        Caller writer = Caller.of(() -> {
            for (int round = 0; round < rounds; round++) {
                data.incrementAndGet();
                counter.next(TOPIC);
            }
        });

        int newer = 0;
        for (int round = 0; round < rounds; round++) {
            SnapshotEnvelope<Long> snapshot = provider.getSnapshot();
            Long read = snapshot.data();
            if (read == null || snapshot.revision().isNewerThan(new Revision(read))) {
                newer++;
            }
        }

        writer.awaitEnd();
        assertThat(newer).isZero();
        assertThat(provider.getSnapshot().data()).isEqualTo(first.bits() + rounds);
    }
}
