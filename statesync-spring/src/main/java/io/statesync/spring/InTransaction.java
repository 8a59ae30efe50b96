package io.statesync.spring;

import io.statesync.Revision;
import java.util.Optional;

/** What can be done for a topic before its transaction commits. */
@FunctionalInterface
interface InTransaction {

    /** Nothing can: everything is done after the commit. */
    InTransaction NOTHING = topic -> Optional.empty();

    /**
     * Issues a revision as a part of the transaction that runs on this thread, and announces it where the announcement can
     * be a part of it, too.
     *
     * @return empty if the counter cannot: then it is all done after the commit
     * @throws RuntimeException if the transaction must not commit
     */
    Optional<Issued> issue(String topic);

    /**
     * A revision that the commit makes real.
     *
     * @param afterCommit announces it to everybody else; does not throw
     */
    record Issued(Revision revision, Runnable afterCommit) {}
}
