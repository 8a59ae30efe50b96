package io.statesync.concurrency;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.state.SyncedMap;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** An iteration over a {@link SyncedMap} sees one snapshot; a later read is never older. */
@JCStressTest
@Outcome(id = "(0 0, 0|0 0, 1|0 0, 2|1 1, 1|1 1, 2|2 2, 2)", expect = Expect.ACCEPTABLE, desc = "in order")
@Outcome(expect = Expect.FORBIDDEN, desc = "mixed, or back")
@State
public class ReadsOfMap {

    private final SyncedMap<String, Long> map = SyncedMap.withInitial(both(0));

    @Actor
    public void writer() {
        map.apply(new SnapshotEnvelope<>(new Revision(1), both(1)));
        map.apply(new SnapshotEnvelope<>(new Revision(2), both(2)));
    }

    @Actor
    public void reader(LL_Result result) {
        StringBuilder seen = new StringBuilder();
        map.map().forEach((key, value) -> seen.append(seen.isEmpty() ? "" : " ").append(value));
        result.r1 = seen.toString();
        result.r2 = map.get("b");
    }

    private static Map<String, Long> both(long value) {
        return Map.of("a", value, "b", value);
    }
}
