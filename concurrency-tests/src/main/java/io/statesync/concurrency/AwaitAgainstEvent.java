package io.statesync.concurrency;

import io.statesync.Revision;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LJZ_Result;

/** Somebody waits for a revision whose event is heard at that moment: no wake-up is lost (E10). */
@JCStressTest
@Outcome(id = "fine, 2, true", expect = Expect.ACCEPTABLE, desc = "answered")
@Outcome(expect = Expect.FORBIDDEN, desc = "a promise is broken")
@State
public class AwaitAgainstEvent {

    private final Replica replica = Replica.started();
    private volatile CompletableFuture<Revision> awaited;

    @Actor
    public void await() {
        awaited = replica.sync.await(new Revision(2));
    }

    @Actor
    public void event() {
        replica.write(2);
    }

    @Arbiter
    public void after(LJZ_Result result) {
        result.r1 = replica.verdict();
        result.r2 = replica.local();
        result.r3 = awaited.isDone();
    }
}
