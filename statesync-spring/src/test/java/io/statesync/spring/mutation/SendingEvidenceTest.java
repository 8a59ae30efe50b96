package io.statesync.spring.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.spring.mutation.SendingEvidence.Call;
import io.statesync.spring.mutation.SendingEvidence.End;
import io.statesync.spring.mutation.SendingEvidence.Reported;
import io.statesync.spring.mutation.SendingEvidence.Written;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fault that {@code KilledReplicaIT} looks for, planted into evidence that is well. */
class SendingEvidenceTest {

    private final SendingEvidence evidence = new SendingEvidence();

    /* Two edits of a row, the first of which is sent twice; one of two rows that is refused, and one that waited for it. */
    @BeforeEach
    void isWell() {
        evidence.acknowledged.put(1L, "k1");
        evidence.acknowledged.put(2L, "k2");
        evidence.acknowledged.put(3L, "k3");
        evidence.acknowledged.put(4L, "k4");
        evidence.arrivals.add(new Call("k1", 1, List.of("a")));
        evidence.arrivals.add(new Call("k3", 3, List.of("b", "c")));
        evidence.arrivals.add(new Call("k1", 1, List.of("a")));
        evidence.arrivals.add(new Reported("k3"));
        evidence.arrivals.add(new Reported("k4"));
        evidence.arrivals.add(new Call("k2", 2, List.of("a")));
        evidence.written.add(new Written("k1", 1, "a"));
        evidence.written.add(new Written("k2", 2, "a"));
        evidence.ends.put("k1", new End(1, List.of("a"), true, null));
        evidence.ends.put("k2", new End(2, List.of("a"), true, null));
        evidence.ends.put("k3", new End(3, List.of("b", "c"), false, null));
        evidence.ends.put("k4", new End(4, List.of("c"), false, "k3"));
        assertThat(evidence.complaints()).isEmpty();
    }

    @Test
    void anAcknowledgedEditThatNobodyKnowsAnyMore() {
        evidence.acknowledged.put(5L, "k5");

        assertThat(evidence.complaints()).containsExactly("edit 5 was acknowledged as durable, and is lost");
    }

    @Test
    void anAcknowledgedEditThatWasNeverSent() {
        evidence.acknowledged.put(5L, "k5");
        evidence.ends.put("k5", new End(5, List.of("d"), false, null));

        assertThat(evidence.complaints()).containsExactly("edit 5 was acknowledged as durable, and never sent");
    }

    @Test
    void anUnsentEditThatFailedWithOneThatDidNot() {
        evidence.ends.put("k4", new End(4, List.of("c"), false, "k2"));

        assertThat(evidence.complaints()).containsExactly("edit 4 was acknowledged as durable, and never sent");
    }

    @Test
    void anEditThatWasSentAndIsNotInTheStorage() {
        evidence.arrivals.add(new Call("k5", 5, List.of("d")));

        assertThat(evidence.complaints())
                .containsExactly("Call[key=k5, serial=5, skus=[d]] was sent, and is not in the storage");
    }

    @Test
    void aCompletedEditThatWasNotWritten() {
        evidence.written.remove(1);

        assertThat(evidence.complaints()).containsExactly("edit 2 is completed, and of [a] were written []");
    }

    @Test
    void anEditThatWasSentAfterALaterOneOfItsRow() {
        evidence.arrivals.add(new Call("k1", 1, List.of("a")));

        assertThat(evidence.complaints()).containsExactly("edit 1 of a was sent after edit 2");
    }

    @Test
    void anEditThatWasWrittenAfterALaterOneOfItsRow() {
        evidence.written.add(evidence.written.remove(0));

        assertThat(evidence.complaints()).containsExactly("edit 1 of a was written after edit 2");
    }

    @Test
    void anEditThatWasSentAfterItsFailureWasReported() {
        evidence.arrivals.add(new Call("k3", 3, List.of("b", "c")));

        assertThat(evidence.complaints())
                .containsExactly("Call[key=k3, serial=3, skus=[b, c]] came after its failure was reported");
    }

    @Test
    void aReportedFailureThatIsACompletionInTheEnd() {
        evidence.ends.put("k4", new End(4, List.of("c"), true, null));
        evidence.arrivals.add(0, new Call("k4", 4, List.of("d")));
        evidence.written.add(new Written("k4", 4, "c"));

        assertThat(evidence.complaints()).containsExactly("the failure of k4 was reported, and it is completed");
    }

    @Test
    void anEditThatWasSentWithTwoKeys() {
        evidence.arrivals.add(new Call("other", 2, List.of("a")));
        evidence.ends.put("other", new End(2, List.of("a"), false, null));

        assertThat(evidence.complaints()).containsExactly("edit 2 was sent with two keys");
    }

    @Test
    void twoEditsThatWereSentWithOneKey() {
        evidence.arrivals.add(new Call("k2", 6, List.of("a")));

        assertThat(evidence.complaints()).containsExactly("key k2 was sent with two edits");
    }

    @Test
    void anEditThatWasWrittenTwice() {
        evidence.written.add(new Written("k2", 2, "a"));

        assertThat(evidence.complaints()).containsExactly("key k2 was written twice: [a, a]");
    }
}
