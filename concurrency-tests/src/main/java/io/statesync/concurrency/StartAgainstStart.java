package io.statesync.concurrency;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** Two starts at once are one: a single subscription, both are told (E1). */
@JCStressTest
@Outcome(id = "fine, 1, 1, true", expect = Expect.ACCEPTABLE, desc = "started once")
@Outcome(expect = Expect.FORBIDDEN, desc = "a promise is broken")
@State
public class StartAgainstStart {

    private final Replica replica = new Replica();
    private volatile CompletableFuture<Void> one;
    private volatile CompletableFuture<Void> other;

    @Actor
    public void one() {
        one = replica.sync.startAsync();
    }

    @Actor
    public void other() {
        other = replica.sync.startAsync();
    }

    @Arbiter
    public void after(LLLL_Result result) {
        result.r1 = replica.verdict();
        result.r2 = replica.local();
        result.r3 = replica.transport.subscriptions();
        result.r4 = one.isDone() && other.isDone();
    }
}
