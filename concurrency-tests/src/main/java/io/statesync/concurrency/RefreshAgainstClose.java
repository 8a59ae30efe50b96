package io.statesync.concurrency;

import io.statesync.Revision;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/** A refresh while the topic is closed: its future always ends (E2, E3). */
@JCStressTest
@Outcome(id = "fine, true", expect = Expect.ACCEPTABLE, desc = "answered")
@Outcome(expect = Expect.FORBIDDEN, desc = "a promise is broken")
@State
public class RefreshAgainstClose {

    private final Replica replica = Replica.started();
    private volatile CompletableFuture<Revision> refresh;

    @Actor
    public void refresh() {
        refresh = replica.sync.refresh();
        Replica.forgetInterrupt();
    }

    @Actor
    public void close() {
        replica.sync.close();
        replica.quiet = true;
        Replica.forgetInterrupt();
    }

    @Arbiter
    public void after(LZ_Result result) {
        result.r1 = replica.verdict();
        result.r2 = refresh.isDone();
    }
}
