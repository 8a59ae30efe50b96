package io.statesync.concurrency;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LJZ_Result;

/** A newer snapshot is offered while an event leads to a fetch: the gate takes the newest, in order (E10). */
@JCStressTest
@Outcome(id = "fine, 3, true", expect = Expect.ACCEPTABLE, desc = "the newest")
@Outcome(expect = Expect.FORBIDDEN, desc = "a promise is broken")
@State
public class OfferAgainstEvent {

    private final Replica replica = Replica.started();
    private volatile CompletableFuture<Revision> offered;

    @Actor
    public void offer() {
        replica.truth.set(3);
        offered = replica.sync.offer(new SnapshotEnvelope<>(new Revision(3), 3L));
    }

    @Actor
    public void event() {
        replica.write(2);
    }

    @Arbiter
    public void after(LJZ_Result result) {
        if (replica.local() == 2) {
            replica.verdict = "the offered one is lost";
        }
        result.r1 = replica.verdict();
        result.r2 = replica.local();
        result.r3 = offered.isDone();
    }
}
