package io.statesync.concurrency;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Two edits of one row at once: both are in it, and none is made twice (MU-M1). */
@JCStressTest
@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "both")
@Outcome(expect = Expect.FORBIDDEN, desc = "a promise is broken")
@State
public class UpdateAgainstUpdate {

    private final Rows rows = new Rows();

    @Actor
    public void one() {
        rows.rows.update("a", Rows::plusOne);
    }

    @Actor
    public void other() {
        rows.rows.update("a", Rows::plusOne);
    }

    @Arbiter
    public void after(JJ_Result result) {
        result.r1 = rows.value("a");
        result.r2 = rows.value("b");
    }
}
