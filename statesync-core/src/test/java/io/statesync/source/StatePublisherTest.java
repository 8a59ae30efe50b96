package io.statesync.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StatePublisherTest {

    private final List<InvalidationEvent> announced = new ArrayList<>();
    private final RevisionCounter counter = RevisionCounter.sequential();

    @Test
    void theRevisionIsIssuedAndAnnounced() {
        StatePublisher publisher = StatePublisher.of(counter, announced::add, "shop-1");

        assertThat(publisher.invalidate("prices")).isCompletedWithValue(new Revision(1));

        assertThat(announced).singleElement().satisfies(event -> {
            assertThat(event.topic()).isEqualTo("prices");
            assertThat(event.revision()).isEqualTo(new Revision(1));
            assertThat(event.sourceId()).isEqualTo("shop-1");
            assertThat(event.timestampMs()).isPositive();
        });
    }

    @Test
    void aFailedAnnouncementDoesNotFailTheInvalidation() {
        StatePublisher publisher = StatePublisher.of(
                counter,
                event -> {
                    throw new IllegalStateException("no connection");
                },
                "shop-1");

        assertThat(publisher.invalidate("prices")).isCompletedWithValue(new Revision(1));
    }

    @Test
    void anIllegalTopicFailsTheFutureAndIssuesNothing() throws Exception {
        StatePublisher publisher = StatePublisher.of(counter, announced::add, "shop-1");

        assertThat(publisher.invalidate(" prices")).isCompletedExceptionally();

        assertThat(announced).isEmpty();
        assertThat(counter.current(List.of(" prices"))).isEmpty();
    }

    @Test
    void aSnapshotIsLabelledWithTheRevisionThatWasReadBeforeItsData() throws Exception {
        SourceProvider<String> provider = new SourceProvider<>("prices", counter, () -> {
            counter.next("prices");
            return "data";
        });

        assertThat(provider.getSnapshot()).isEqualTo(new SnapshotEnvelope<>(Revision.ZERO, "data"));
        assertThat(provider.getSnapshotUnless(new Revision(7)))
                .contains(new SnapshotEnvelope<>(new Revision(1), "data"));
    }

    @Test
    void aConditionThatHoldsReadsNoData() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        SourceProvider<Integer> provider =
                new SourceProvider<>("prices", topics -> Map.of("prices", new Revision(5)), reads::incrementAndGet);

        assertThat(provider.getSnapshotUnless(new Revision(5))).isEmpty();

        assertThat(reads).hasValue(0);
        assertThat(provider.getSnapshotUnless(new Revision(6))).isPresent();
    }
}
