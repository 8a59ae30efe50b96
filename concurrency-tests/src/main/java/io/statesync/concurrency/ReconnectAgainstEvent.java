package io.statesync.concurrency;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LJ_Result;

/** A connection comes back while an event is heard: the newest state is there at the end (E4). */
@JCStressTest
@Outcome(id = "fine, 2", expect = Expect.ACCEPTABLE, desc = "the newest")
@Outcome(expect = Expect.FORBIDDEN, desc = "a promise is broken")
@State
public class ReconnectAgainstEvent {

    private final Replica replica = Replica.started();

    @Actor
    public void reconnect() {
        replica.transport.reconnect();
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
