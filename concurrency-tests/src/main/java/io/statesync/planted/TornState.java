package io.statesync.planted;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A fault on purpose: value and revision are two fields. Shows that what the races promise is looked at. */
@JCStressTest
@Outcome(
        id = {"0, 0", "1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "of one snapshot")
@Outcome(expect = Expect.FORBIDDEN, desc = "mixed")
@State
public class TornState {

    private int value;
    private int revision;

    @Actor
    public void writer() {
        value = 1;
        revision = 1;
    }

    @Actor
    public void reader(II_Result result) {
        result.r1 = revision;
        result.r2 = value;
    }
}
