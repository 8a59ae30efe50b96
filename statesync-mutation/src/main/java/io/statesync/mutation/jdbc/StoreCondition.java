package io.statesync.mutation.jdbc;

import io.statesync.mutation.store.TransactionStorageException;
import org.jspecify.annotations.Nullable;

/** How the store is. Written by the writer, and by the thread that opens before there is a writer; read by all. */
final class StoreCondition {

    private enum State {
        NOT_OPEN,
        WELL,
        OUTAGE,
        DEGRADED,
        TAKEN_OVER,
        CLOSED
    }

    private record Now(
            State state, @Nullable String problem, @Nullable Throwable cause) {}

    private final String name;
    private volatile @Nullable String doubt;
    private volatile Now now;

    StoreCondition(String name) {
        this.name = name;
        now = new Now(State.NOT_OPEN, "the transaction store '" + name + "' is not open", null);
    }

    /** @param reason why a commit is not durable even when all is well; null if it is */
    void opened(@Nullable String reason) {
        doubt = reason;
        well();
    }

    void well() {
        now = new Now(State.WELL, null, null);
    }

    void cannotOpen(TransactionStorageException e) {
        now = new Now(State.NOT_OPEN, e.getMessage(), e);
    }

    /** It cannot be written at the moment. */
    void outage(Throwable e) {
        State state = now.state == State.DEGRADED ? State.DEGRADED : State.OUTAGE;
        now = new Now(state, "the transaction store '" + name + "' cannot be written: " + e.getMessage(), e);
    }

    /** The outage is so long that nobody waits for its end. Returns whether that is new. */
    boolean degrade() {
        Now before = now;
        now = new Now(State.DEGRADED, before.problem, before.cause);
        return before.state != State.DEGRADED;
    }

    void takenOver(TakenOverException e) {
        now = new Now(State.TAKEN_OVER, e.getMessage(), e);
    }

    void close() {
        now = new Now(State.CLOSED, "the transaction store '" + name + "' is closed", now.cause);
    }

    boolean isTakenOver() {
        return now.state == State.TAKEN_OVER;
    }

    /** Whether what is acknowledged survives, now. */
    boolean durable() {
        State state = now.state;
        return doubt == null && (state == State.WELL || state == State.OUTAGE);
    }

    @Nullable
    String problem() {
        String problem = now.problem;
        return problem != null ? problem : doubt;
    }

    /** What those hear who wait in vain. */
    TransactionStorageException failure() {
        Now seen = now;
        String problem =
                seen.problem == null ? "the transaction store '" + name + "' was never given it" : seen.problem;
        return new TransactionStorageException(problem, seen.cause);
    }
}
