package io.statesync.concurrency;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** An event during the start: heard by the subscription, or in the snapshot; nothing falls between (E1, P4). */
@JCStressTest
@Outcome(id = "fine, 2, 1, true", expect = Expect.ACCEPTABLE, desc = "the newest")
@Outcome(expect = Expect.FORBIDDEN, desc = "a promise is broken")
@State
public class EventAgainstStart {

    private final Replica replica = new Replica();
    private volatile CompletableFuture<Void> start;

    @Actor
    public void start() {
        start = replica.sync.startAsync();
    }

    @Actor
    public void event() {
        replica.write(2);
    }

    @Arbiter
    public void after(LLLL_Result result) {
        result.r1 = replica.verdict();
        result.r2 = replica.local();
        result.r3 = replica.transport.subscriptions();
        result.r4 = start.isDone();
    }
}
