package io.statesync.concurrency;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** An edit while sync brings a newer snapshot: the edit stays visible, the other row is the new one (MU-C6, MU-L1). */
@JCStressTest
@Outcome(id = "1, 10", expect = Expect.ACCEPTABLE, desc = "the edit was made before")
@Outcome(id = "11, 10", expect = Expect.ACCEPTABLE, desc = "the edit was made after")
@Outcome(expect = Expect.FORBIDDEN, desc = "a promise is broken")
@State
public class UpdateAgainstSync {

    private final Rows rows = new Rows();

    @Actor
    public void edit() {
        rows.rows.update("a", Rows::plusOne);
    }

    @Actor
    public void sync() {
        rows.sink.onUpdate(Rows.both(2, 10));
    }

    @Arbiter
    public void after(JJ_Result result) {
        result.r1 = rows.value("a");
        result.r2 = rows.value("b");
    }
}
