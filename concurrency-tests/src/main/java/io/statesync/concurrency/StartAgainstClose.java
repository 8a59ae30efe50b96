package io.statesync.concurrency;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** A start and a close: it is closed at the end, without a subscription, and the start is told (E1, E2). */
@JCStressTest
@Outcome(id = "fine, STOPPED, 0, true", expect = Expect.ACCEPTABLE, desc = "closed")
@Outcome(expect = Expect.FORBIDDEN, desc = "a promise is broken")
@State
public class StartAgainstClose {

    private final Replica replica = new Replica();
    private volatile CompletableFuture<Void> start;

    @Actor
    public void start() {
        start = replica.sync.startAsync();
        Replica.forgetInterrupt();
    }

    @Actor
    public void close() {
        replica.sync.close();
        replica.quiet = true;
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
