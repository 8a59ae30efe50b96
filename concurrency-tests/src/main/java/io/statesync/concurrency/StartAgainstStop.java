package io.statesync.concurrency;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** A start and a stop: whoever comes last wins, and everybody is told (E1, E2). */
@JCStressTest
@Outcome(id = "fine, STOPPED, 0, true", expect = Expect.ACCEPTABLE, desc = "the stop was later")
@Outcome(id = "fine, LIVE, 1, true", expect = Expect.ACCEPTABLE, desc = "the start was later")
@Outcome(expect = Expect.FORBIDDEN, desc = "a promise is broken")
@State
public class StartAgainstStop {

    private final Replica replica = new Replica();
    private volatile CompletableFuture<Void> start;

    @Actor
    public void start() {
        start = replica.sync.startAsync();
        Replica.forgetInterrupt();
    }

    @Actor
    public void stop() {
        replica.sync.stop();
        Replica.forgetInterrupt();
    }

    @Arbiter
    public void after(LLLL_Result result) {
        result.r1 = replica.verdict();
        result.r2 = replica.sync.status().state().name();
        result.r3 = replica.transport.subscriptions();
        result.r4 = start.isDone();
    }
}
