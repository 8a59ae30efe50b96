package io.statesync.concurrency;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.state.SyncedState;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A reader of a {@link SyncedState} sees value and revision of one snapshot, and never goes back. */
@JCStressTest
@Outcome(id = "(0, 0|0, 1|0, 2|1, 1|1, 2|2, 2)", expect = Expect.ACCEPTABLE, desc = "in order")
@Outcome(expect = Expect.FORBIDDEN, desc = "mixed, or back")
@State
public class ReadsOfState {

    private final SyncedState<Long> state = SyncedState.withInitial(0L);

    @Actor
    public void writer() {
        state.apply(new SnapshotEnvelope<>(new Revision(1), 1L));
        state.apply(new SnapshotEnvelope<>(new Revision(2), 2L));
    }

    @Actor
    public void reader(LL_Result result) {
        SyncedState.Snapshot<Long> first = state.snapshot();
        Long second = state.get();
        result.r1 = first.revision().bits() == first.value() ? first.value() : "mixed";
        result.r2 = second;
    }
}
