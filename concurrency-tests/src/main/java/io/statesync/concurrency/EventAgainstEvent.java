package io.statesync.concurrency;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LJ_Result;

/** Two newer events at once: both are heard, the newest snapshot is there at the end (E4, E8). */
@JCStressTest
@Outcome(id = "fine, 3", expect = Expect.ACCEPTABLE, desc = "the newest")
@Outcome(expect = Expect.FORBIDDEN, desc = "a promise is broken")
@State
public class EventAgainstEvent {

    private final Replica replica = Replica.started();

    @Actor
    public void older() {
        replica.write(2);
    }

    @Actor
    public void newer() {
        replica.write(3);
    }

    @Arbiter
    public void after(LJ_Result result) {
        result.r1 = replica.verdict();
        result.r2 = replica.local();
    }
}
