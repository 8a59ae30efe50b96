package io.statesync.concurrency;

import io.statesync.Revision;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LJJ_Result;

/** A refresh while an event is heard: what it returns was fetched after the call (E3). */
@JCStressTest
@Outcome(id = "fine, 2, 2", expect = Expect.ACCEPTABLE, desc = "the newest")
@Outcome(expect = Expect.FORBIDDEN, desc = "a promise is broken")
@State
public class RefreshAgainstEvent {

    private final Replica replica = Replica.started();
    private volatile CompletableFuture<Revision> refresh;

    @Actor
    public void refresh() {
        replica.truth.set(2);
        refresh = replica.sync.refresh();
    }

    @Actor
    public void event() {
        replica.write(2);
    }

    @Arbiter
    public void after(LJJ_Result result) {
        result.r1 = replica.verdict();
        result.r2 = replica.local();
        result.r3 = refresh.join().bits();
    }
}
