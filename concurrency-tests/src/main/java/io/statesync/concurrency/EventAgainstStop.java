package io.statesync.concurrency;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LJI_Result;

/** An event while the topic is stopped: applied before the stop has returned, or never (E2). */
@JCStressTest
@Outcome(id = "fine, 1, 0", expect = Expect.ACCEPTABLE, desc = "dropped")
@Outcome(id = "fine, 2, 0", expect = Expect.ACCEPTABLE, desc = "applied, then stopped")
@Outcome(expect = Expect.FORBIDDEN, desc = "a promise is broken")
@State
public class EventAgainstStop {

    private final Replica replica = Replica.started();

    @Actor
    public void event() {
        replica.write(2);
    }

    @Actor
    public void stop() {
        replica.stop();
    }

    @Arbiter
    public void after(LJI_Result result) {
        result.r1 = replica.verdict();
        result.r2 = replica.local();
        result.r3 = replica.transport.subscriptions();
    }
}
