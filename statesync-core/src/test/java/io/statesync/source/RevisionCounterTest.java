package io.statesync.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.statesync.Revision;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RevisionCounterTest {

    private final AtomicLong millis = new AtomicLong(1_000);
    private final RevisionCounter hybrid = RevisionCounter.hybrid(() -> Instant.ofEpochMilli(millis.get()));

    @Test
    void aHybridCounterBeginsAtTheClockAndCountsByOneWithinItsMillisecond() {
        assertThat(hybrid.next("a").bits()).isEqualTo(1_000L << 20);
        assertThat(hybrid.next("a").bits()).isEqualTo((1_000L << 20) + 1);
        millis.set(1_001);
        assertThat(hybrid.next("a").bits()).isEqualTo(1_001L << 20);
    }

    @Test
    void aHybridCounterDoesNotGoBackWithTheClock() {
        Revision before = hybrid.next("a");
        millis.set(10);

        assertThat(hybrid.next("a")).isEqualTo(before.next());
        assertThat(hybrid.next("b").bits()).isEqualTo(10L << 20);
    }

    @Test
    void aHybridCounterThatLostItsMemoryIssuesNewerRevisions() {
        Revision formerLife = RevisionCounter.hybrid().next("a");

        assertThat(RevisionCounter.hybrid(() -> Instant.now().plusMillis(1))
                        .next("a")
                        .isNewerThan(formerLife))
                .isTrue();
    }

    @Test
    void aSequentialCounterCountsFromOnePerTopic() {
        RevisionCounter counter = RevisionCounter.sequential();

        assertThat(counter.next("a")).isEqualTo(new Revision(1));
        assertThat(counter.next("a")).isEqualTo(new Revision(2));
        assertThat(counter.next("b")).isEqualTo(new Revision(1));
    }

    @Test
    void theCurrentRevisionsAreThoseThatWereIssued() throws Exception {
        RevisionCounter counter = RevisionCounter.sequential();
        counter.next("a");
        counter.next("a");

        assertThat(counter.current(List.of("a", "unknown")))
                .containsOnlyKeys("a")
                .containsValue(new Revision(2));
    }

    @Test
    void theLargestRevisionHasNoSuccessor() {
        long largestFloor = -1L << 20;
        RevisionCounter counter = new InMemoryRevisionCounter(() -> largestFloor | 0xFFFFF);

        assertThat(counter.next("a")).isEqualTo(Revision.MAX);
        assertThatIllegalStateException()
                .isThrownBy(() -> counter.next("a"))
                .withMessageContaining("\"a\"")
                .withMessageContaining("18446744073709551615");
    }
}
