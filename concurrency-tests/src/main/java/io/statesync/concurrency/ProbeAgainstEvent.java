package io.statesync.concurrency;

import io.statesync.Revision;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LJ_Result;

/** A probe with an older answer while an event is heard: the older answer confirms nothing (P8, E11). */
@JCStressTest
@Outcome(id = "fine, 2", expect = Expect.ACCEPTABLE, desc = "the newest")
@Outcome(expect = Expect.FORBIDDEN, desc = "a promise is broken")
@State
public class ProbeAgainstEvent {

    private final Replica replica = Replica.started();

    @Actor
    public void probe() {
        replica.sync.probed(new Revision(1));
    }

    @Actor
    public void event() {
        replica.write(2);
    }

    @Arbiter
    public void after(LJ_Result result) {
        result.r1 = replica.verdict();
        result.r2 = replica.local();
    }
}
