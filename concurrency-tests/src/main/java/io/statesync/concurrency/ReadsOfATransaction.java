package io.statesync.concurrency;

import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A reader of a transaction over two rows sees both of its edits, or none (MU-C8, MU-M2). */
@JCStressTest
@Outcome(
        id = {"0, 0", "1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "whole")
@Outcome(expect = Expect.FORBIDDEN, desc = "half a transaction")
@State
public class ReadsOfATransaction {

    private final Rows rows = new Rows();

    @Actor
    public void writer() {
        rows.rows.mutate(scope -> scope.update("a", Rows::plusOne).update("b", Rows::plusOne));
    }

    @Actor
    public void reader(JJ_Result result) {
        Map<String, Rows.Row> seen = rows.rows.data();
        result.r1 = seen.get("a").value();
        result.r2 = seen.get("b").value();
    }
}
