package io.statesync.concurrency;

import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A reader during a sync of a whole snapshot with a pending edit below: one version of both rows (MU-C8). */
@JCStressTest
@Outcome(
        id = {"1, 0", "1, 10"},
        expect = Expect.ACCEPTABLE,
        desc = "whole")
@Outcome(expect = Expect.FORBIDDEN, desc = "the edit flickered, or half a snapshot")
@State
public class ReadsOfASync {

    private final Rows rows = new Rows();

    public ReadsOfASync() {
        rows.rows.update("a", Rows::plusOne);
    }

    @Actor
    public void sync() {
        rows.sink.onUpdate(Rows.both(2, 10));
    }

    @Actor
    public void reader(JJ_Result result) {
        Map<String, Rows.Row> seen = rows.rows.data();
        result.r1 = seen.get("a").value();
        result.r2 = seen.get("b").value();
    }
}
