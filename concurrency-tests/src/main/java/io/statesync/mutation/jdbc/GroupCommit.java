package io.statesync.mutation.jdbc;

import io.statesync.mutation.store.StoreEvent;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Group commit: whoever is told that his event is durable finds it in what was written, whoever shares its batch, too. */
@JCStressTest
@Outcome(id = "(true, true|true, false|false, true|false, false)", expect = Expect.ACCEPTABLE, desc = "told as it is")
@Outcome(expect = Expect.FORBIDDEN, desc = "durable and not written, or written and not told")
@State
public class GroupCommit {

    private final Intake intake = new Intake();
    private final Set<StoreEvent> written = new HashSet<>();
    private final StoreEvent own = event("own");
    private final StoreEvent shared = event("shared");
    private final CompletionStage<Void> ownStage;

    /** Set by an actor, read by the arbiter after it. */
    @SuppressWarnings("NullAway.Init")
    private CompletionStage<Void> sharedStage;

    public GroupCommit() {
        intake.open();
        ownStage = append(own);
    }

    private static StoreEvent event(String transaction) {
        return new StoreEvent.Coalesced(transaction, List.of(), Instant.EPOCH);
    }

    private CompletionStage<Void> append(StoreEvent event) {
        return intake.durable(intake.append(event), IllegalStateException::new);
    }

    @Actor
    public void appender() {
        sharedStage = append(shared);
    }

    @Actor
    public void writer() {
        if (intake.take() instanceof Batch batch) {
            written.addAll(batch.events);
            intake.committed();
        }
    }

    @Arbiter
    public void after(LL_Result result) {
        result.r1 = told(own, ownStage);
        result.r2 = told(shared, sharedStage);
    }

    private Object told(StoreEvent event, CompletionStage<Void> stage) {
        boolean durable = stage.toCompletableFuture().isDone();
        return durable == written.contains(event) ? durable : "told " + durable;
    }
}
